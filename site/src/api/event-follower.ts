/** How a stream of events is doing. `lastMessageMs` is when something last came, or undefined. */
export interface FollowState {
  readonly kind: 'connecting' | 'open' | 'waiting' | 'paused' | 'closed'
  readonly lastMessageMs: number | undefined
  /** When it is tried again; only while waiting. */
  readonly retryAtMs: number | undefined
  /** Failures since it was last open. */
  readonly failures: number
}

/** What of the browser's EventSource is used. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void
  close(): void
}

export interface EventFollowerDeps {
  readonly open: (url: string) => EventSourceLike
  readonly now: () => number
  readonly random: () => number
  /** @returns what takes the timer back */
  readonly after: (delayMs: number, run: () => void) => () => void
  /** Calls back when the page is hidden or shown. @returns what ends that */
  readonly onVisibility: (listener: (isVisible: boolean) => void) => () => void
}

export interface EventFollowerOptions {
  readonly url: string
  /** What is done with the data of each kind of event; data that is no JSON is passed over. */
  readonly events: Readonly<Record<string, (data: unknown) => void>>
  readonly onState: (state: FollowState) => void
  /** A stream does not say why it was refused: ask the API something, so that a session that ended is noticed. */
  readonly onFailure?: () => void
}

/** Follows a stream until it is closed. */
export interface EventFollower {
  retryNow(): void
  close(): void
}

const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 30_000
/**
 * A hidden page lets go of its streams after a while: a browser keeps six connections to a host over HTTP/1.1, and tabs
 * in the background would hold them all.
 */
export const HIDDEN_GRACE_MS = 20_000

/** Follows server-sent events: opens again by itself, later after each failure, and rests while nobody looks. */
export function createEventFollower(deps: EventFollowerDeps, options: EventFollowerOptions): EventFollower {
  let source: EventSourceLike | undefined
  let cancelTimer: (() => void) | undefined
  let state: FollowState = { kind: 'connecting', lastMessageMs: undefined, retryAtMs: undefined, failures: 0 }

  function show(change: Partial<FollowState>): void {
    state = { ...state, retryAtMs: undefined, ...change }
    options.onState(state)
  }
  function letGo(): void {
    cancelTimer?.()
    cancelTimer = undefined
    source?.close()
    source = undefined
  }
  function wait(): void {
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** state.failures) * (0.5 + deps.random() / 2)
    letGo()
    cancelTimer = deps.after(delayMs, open)
    show({ kind: 'waiting', failures: state.failures + 1, retryAtMs: deps.now() + delayMs })
    options.onFailure?.()
  }
  function open(): void {
    letGo()
    const opened = deps.open(options.url)
    source = opened
    show({ kind: 'connecting' })
    opened.addEventListener('open', () => {
      if (source === opened) show({ kind: 'open', failures: 0, lastMessageMs: deps.now() })
    })
    opened.addEventListener('error', () => {
      if (source === opened) wait()
    })
    for (const [name, take] of Object.entries(options.events)) {
      opened.addEventListener(name, ({ data }) => {
        const parsed = parseJson(data)
        if (source !== opened || parsed === undefined) return
        show({ kind: 'open', failures: 0, lastMessageMs: deps.now() })
        take(parsed)
      })
    }
  }
  const stopWatching = deps.onVisibility((isVisible) => {
    if (state.kind === 'closed') return
    if (!isVisible) {
      const cancelBefore = cancelTimer
      const cancel = deps.after(HIDDEN_GRACE_MS, () => {
        letGo()
        show({ kind: 'paused' })
      })
      cancelTimer = () => {
        cancelBefore?.()
        cancel()
      }
    } else if (state.kind === 'paused') open()
    else if (state.kind !== 'waiting') {
      cancelTimer?.()
      cancelTimer = undefined
    } else open()
  })

  open()
  return {
    retryNow() {
      if (state.kind === 'waiting' || state.kind === 'paused') open()
    },
    close() {
      letGo()
      stopWatching()
      if (state.kind !== 'closed') show({ kind: 'closed' })
    },
  }
}

function parseJson(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined // A message that was cut is followed by a whole one.
  }
}
