import { createEffect, createSignal, Show } from 'solid-js'
import { render } from 'solid-js/web'
import { createOnceOrAfter } from '../components/create-once-or-after.ts'
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

/**
 * The frame waits so long for the first answers and the code of the page, which were asked for with the document: made once
 * with them, it is there sooner than made without and changed.
 */
const WAIT_MS_MAX = 150
/** What a document shows until then. */
const FRAME_TO_COME = 'frame-to-come'

/** Puts the dashboard in the place of what an element holds. */
export function mountApp(
  element: HTMLElement,
  { createSources = createApiSources, pages = PAGE_MODULES }: MountOptions = {},
): void {
  const [isCodeThere, setCodeThere] = createSignal(false)
  const page = parseLocation(window.location)?.page ?? 'live'
  const askedFirst = keepFirst(pages[page])
  askedFirst().then(
    () => setCodeThere(true),
    () => setCodeThere(true), // Asked for again by the page itself, which tells.
  )
  render(() => {
    const app = createApp(createSources)
    const isReady = createOnceOrAfter(
      () => isCodeThere() && app.sources.networks().kind !== 'loading' && app.sources.rights() !== undefined,
      WAIT_MS_MAX,
    )
    createEffect(() => isReady() && document.getElementById(FRAME_TO_COME)?.remove())
    return (
      <AppContext.Provider value={app}>
        <FormatContext.Provider value={{ format: app.format, now: app.now }}>
          <Show when={isReady()}>
            <Shell pages={{ ...pages, [page]: askedFirst }} />
          </Show>
        </FormatContext.Provider>
      </AppContext.Provider>
    )
  }, element)
}

/** What was imported is imported no second time: that would take a task of its own, and a frame would be painted before it. */
function keepFirst<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
