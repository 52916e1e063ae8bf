import type { EventFollowerDeps } from './event-follower.ts'

/** What following a stream takes of the browser. */
export const browserEvents: EventFollowerDeps = {
  open: (url) => new EventSource(url),
  now: () => Date.now(),
  random: () => Math.random(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  onVisibility(listener) {
    const onChange = (): void => listener(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  },
}
