import type { App } from '../../app/app-context.ts'
import { PAGE_LIST, pageEntry } from '../../app/page-list.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { RANGE_PRESETS } from '../../url/range.ts'
import { PRESET_KEYS, PRESET_LABELS } from './range-labels.ts'
import { switchTheme } from './shell-sources.ts'
import type { Shortcut } from './shortcut-keys.ts'

/** What keys do on every page. */
export function createShellShortcuts(
  app: App,
  actions: { readonly showPalette: () => void; readonly showShortcuts: () => void },
): readonly Shortcut[] {
  const onRanges = (run: () => void) => (): void => {
    if (pageEntry(app.location().page).hasRange) run()
  }
  return [
    ...PAGE_LIST.flatMap(({ page, title, key }): readonly Shortcut[] =>
      key === undefined
        ? []
        : [{ keys: `g ${key}`, title: m.shortcutGo(title), group: 'pages', run: () => app.go(page) }],
    ),
    ...RANGE_PRESETS.flatMap((preset): readonly Shortcut[] => {
      const keys = PRESET_KEYS[preset]
      if (keys === undefined) return []
      const run = onRanges(() => app.change({ range: { kind: 'preset', preset } }))
      return [{ keys, title: m.shortcutRange(PRESET_LABELS[preset]), group: 'time', run }]
    }),
    {
      keys: 'x',
      title: m.shortcutCompare,
      group: 'time',
      run: onRanges(() => app.change({ compare: app.state().compare === 'none' ? 'previous' : 'none' })),
    },
    { keys: 'u', title: m.shortcutUtc, group: 'time', run: () => app.setShowsUtc(!app.showsUtc()) },
    { keys: '/', title: m.shortcutPalette, group: 'other', run: actions.showPalette },
    { keys: 'y', title: m.shortcutTheme, group: 'other', run: () => switchTheme(app) },
    { keys: '?', title: m.shortcutSheet, group: 'other', run: actions.showShortcuts },
  ]
}
