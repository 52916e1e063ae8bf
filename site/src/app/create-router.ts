import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { type AppLocation, formatLocation, parseLocation } from '../url/app-location.ts'
import { DEFAULT_STATE } from '../url/app-state.ts'

/** `push`: a choice, which Back takes back. `replace`: typing, which Back passes over. */
export type HistoryMode = 'push' | 'replace'

/** Where the person is, and how to go elsewhere. */
export interface Router {
  readonly location: Accessor<AppLocation>
  go(location: AppLocation, mode: HistoryMode): void
}

/**
 * Keeps the address bar and the page the same thing. Links within the dashboard change the page without loading it anew,
 * unless they are opened elsewhere.
 */
export function createRouter(): Router {
  const [location, setLocation] = createSignal<AppLocation>(
    parseLocation(window.location) ?? { page: 'live', state: DEFAULT_STATE },
  )

  function go(next: AppLocation, mode: HistoryMode): void {
    const address = formatLocation(next)
    const isSame = address === window.location.pathname + window.location.search
    if (!isSame && mode === 'push') history.pushState(null, '', address)
    else if (!isSame) history.replaceState(null, '', address)
    const isNewPage = next.page !== location().page
    setLocation(next)
    if (isNewPage) window.scrollTo(0, 0)
  }
  function onPopState(): void {
    const next = parseLocation(window.location)
    if (next === undefined) window.location.reload()
    else setLocation(next)
  }
  function onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || event.defaultPrevented || !opensHere(event, link)) return
    const url = new URL(link.href)
    const next = url.origin === window.location.origin ? parseLocation(url) : undefined
    if (next === undefined) return
    event.preventDefault()
    go(next, 'push')
  }

  window.addEventListener('popstate', onPopState)
  document.addEventListener('click', onClick)
  onCleanup(() => {
    window.removeEventListener('popstate', onPopState)
    document.removeEventListener('click', onClick)
  })
  return { location, go }
}

function opensHere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  return isPlain && (link.target === '' || link.target === '_self') && !link.hasAttribute('download')
}
