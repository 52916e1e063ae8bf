import type { ApiError } from './api-error.ts'
import { isTransient } from './api-error.ts'
import type { ApiResult } from './client.ts'

/**
 * What a card shows. Once there was an answer it stays on the screen: `error` beside `data` means that asking again
 * failed, and `atMs` how old the data is.
 */
export type CardState<Data> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: ApiError; readonly isRetrying: boolean }
  | {
      readonly kind: 'ready'
      readonly data: Data
      readonly atMs: number
      /** Asked again right now. */
      readonly isRefreshing: boolean
      /** The data answers a question that was asked before this one. */
      readonly isOutdated: boolean
      readonly error: ApiError | undefined
    }

/** What happens to a card. */
export type CardEvent<Data> =
  | { readonly kind: 'asked'; readonly isNewQuestion: boolean }
  | { readonly kind: 'answered'; readonly result: ApiResult<Data>; readonly atMs: number }

const RETRY_FIRST_MS = 2_000
const RETRY_MAX_MS = 60_000

/** The state of a card after an event. */
export function nextCardState<Data>(state: CardState<Data>, event: CardEvent<Data>): CardState<Data> {
  if (event.kind === 'asked') {
    if (state.kind === 'ready') {
      return { ...state, isRefreshing: true, isOutdated: state.isOutdated || event.isNewQuestion }
    }
    return state.kind === 'failed' && !event.isNewQuestion ? { ...state, isRetrying: true } : { kind: 'loading' }
  }
  const { result, atMs } = event
  if (result.kind === 'aborted') return state
  if (result.kind === 'ok') {
    return { kind: 'ready', data: result.data, atMs, isRefreshing: false, isOutdated: false, error: undefined }
  }
  // The answer to another question is no answer to this one.
  if (state.kind === 'ready' && !state.isOutdated) return { ...state, isRefreshing: false, error: result.error }
  return { kind: 'failed', error: result.error, isRetrying: false }
}

/**
 * How long to wait before asking again by itself, or undefined when somebody has to change something first.
 *
 * @param failures since the last answer, this one included
 */
export function retryDelayMs(error: ApiError, failures: number): number | undefined {
  if (!isTransient(error)) return undefined
  const backOffMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1))
  return Math.max(error.retryAfterMs ?? 0, backOffMs)
}
