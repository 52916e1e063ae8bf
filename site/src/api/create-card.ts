import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { type CardState, nextCardState, retryDelayMs } from './card-state.ts'
import type { ApiResult } from './client.ts'

/** The data of one card. */
export interface Card<Data> {
  readonly state: Accessor<CardState<Data>>
  /** Asks again; what is shown stays until the answer is there. */
  refresh(): void
}

export interface CardOptions {
  /** Asks again this long after an answer, as long as somebody looks. */
  readonly refreshEveryMs?: number
}

/**
 * Asks for the data of a card whenever the question changes, takes the older question back, and asks again by itself
 * after what passes by itself. A question that is undefined is not asked.
 *
 * @example
 * const players = createCard(
 *   () => ({ networkId: network().id, search: app.state().search }),
 *   ({ networkId, search }, signal) =>
 *     app.api.get('/networks/:networkId/live/players', { param: { networkId }, query: { search } }, { signal }),
 * )
 */
export function createCard<Question, Data>(
  question: Accessor<Question | undefined>,
  ask: (question: Question, signal: AbortSignal) => Promise<ApiResult<Data>>,
  options: CardOptions = {},
): Card<Data> {
  const [state, setState] = createSignal<CardState<Data>>({ kind: 'loading' })
  let abort: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let key: string | undefined

  function stop(): void {
    clearTimeout(timer)
    abort?.abort()
  }
  async function run(asked: Question, isNewQuestion: boolean): Promise<void> {
    stop()
    const own = new AbortController()
    abort = own
    setState((before) => nextCardState(before, { kind: 'asked', isNewQuestion }))
    const result = await ask(asked, own.signal)
    if (own.signal.aborted || result.kind === 'aborted') return
    setState((before) => nextCardState(before, { kind: 'answered', result, atMs: Date.now() }))
    failures = result.kind === 'failed' ? failures + 1 : 0
    const delayMs = result.kind === 'failed' ? retryDelayMs(result.error, failures) : options.refreshEveryMs
    if (delayMs !== undefined) timer = setTimeout(askAgainWhenSeen, delayMs)
  }
  function refresh(): void {
    const asked = question()
    if (asked !== undefined) void run(asked, false)
  }
  function askAgainWhenSeen(): void {
    if (document.visibilityState === 'visible') return refresh()
    if (abort !== undefined) {
      document.addEventListener('visibilitychange', askAgainWhenSeen, { once: true, signal: abort.signal })
    }
  }

  createEffect(
    on(question, (asked) => {
      const asKey = JSON.stringify(asked)
      if (asKey === key) return
      key = asKey
      failures = 0
      if (asked === undefined) {
        stop()
        setState({ kind: 'loading' })
      } else void run(asked, true)
    }),
  )
  onCleanup(stop)
  return { state, refresh }
}
