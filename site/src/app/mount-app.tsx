import { render } from 'solid-js/web'
import { FormatContext } from '../components/format-context.ts'
import { Shell } from '../features/shell/shell.tsx'
import { parseLocation } from '../url/app-location.ts'
import { createApiSources } from './api-sources.ts'
import { AppContext } from './app-context.ts'
import type { AppSources } from './app-sources.ts'
import { createApp, type SourceDeps } from './create-app.ts'
import { PAGE_MODULES, type PageModules } from './page-modules.ts'

export interface MountOptions {
  readonly createSources?: (deps: SourceDeps) => AppSources
  readonly pages?: PageModules
}

/** Puts the dashboard in the place of what an element holds. */
export function mountApp(
  element: HTMLElement,
  { createSources = createApiSources, pages = PAGE_MODULES }: MountOptions = {},
): void {
  // The code of the page is asked for at once, while the frame is made.
  const page = parseLocation(window.location)?.page ?? 'live'
  pages[page]().catch(() => undefined) // Asked for again by the page itself, which tells.
  render(() => {
    const app = createApp(createSources)
    element.replaceChildren()
    return (
      <AppContext.Provider value={app}>
        <FormatContext.Provider value={{ format: app.format, now: app.now }}>
          <Shell pages={pages} />
        </FormatContext.Provider>
      </AppContext.Provider>
    )
  }, element)
}
