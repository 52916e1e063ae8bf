import { path as building } from 'lucide:building-2'
import { path as calendar } from 'lucide:calendar'
import { path as clock } from 'lucide:clock'
import { path as keyboard } from 'lucide:keyboard'
import { path as moon } from 'lucide:sun-moon'
import type { App } from '../../app/app-context.ts'
import type { PaletteSource } from '../../app/app-sources.ts'
import { PAGE_LIST, pageEntry } from '../../app/page-list.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { RANGE_PRESETS } from '../../url/range.ts'
import { PRESET_KEYS, PRESET_LABELS } from './range-labels.ts'

/** What the palette knows without being told: pages, networks, ranges and what the frame can do. */
export function createShellSources(
  app: App,
  actions: { readonly showShortcuts: () => void },
): readonly PaletteSource[] {
  return [
    {
      title: m.palettePages,
      find: () =>
        PAGE_LIST.filter(({ key }) => key !== undefined).map(({ page, title, icon, key }) => ({
          id: page,
          title,
          icon,
          hint: `g ${key}`,
          run: () => app.go(page),
        })),
    },
    {
      title: m.paletteNetworks,
      find() {
        const networks = app.sources.networks()
        return (networks.kind === 'ready' ? networks.data : []).map(({ id, name, timeZone }) => ({
          id,
          title: name,
          hint: timeZone,
          icon: building,
          run: () => app.go(app.location().page, { network: id }),
        }))
      },
    },
    {
      title: m.paletteRanges,
      find: () =>
        (pageEntry(app.location().page).hasRange ? RANGE_PRESETS : []).map((preset) => ({
          id: preset,
          title: PRESET_LABELS[preset],
          icon: calendar,
          ...(PRESET_KEYS[preset] !== undefined && { hint: PRESET_KEYS[preset] }),
          run: () => app.change({ range: { kind: 'preset', preset } }),
        })),
    },
    {
      title: m.paletteActions,
      find: () => [
        ...app.sources.actions(),
        { id: 'theme', title: m.shortcutTheme, icon: moon, hint: 'y', run: () => switchTheme(app) },
        { id: 'utc', title: m.shortcutUtc, icon: clock, hint: 'u', run: () => app.setShowsUtc(!app.showsUtc()) },
        { id: 'shortcuts', title: m.shortcuts, icon: keyboard, hint: '?', run: actions.showShortcuts },
      ],
    },
    ...app.sources.palette,
  ]
}

/** From what is shown to the other. */
export function switchTheme(app: App): void {
  app.theme.choose(app.theme.shown() === 'dark' ? 'light' : 'dark')
}
