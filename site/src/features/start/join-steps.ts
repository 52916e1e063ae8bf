import type { ApiOutput } from '../../api/api-types.ts'

/** How far a key has come, by the collector's word. */
export type KeyState = ApiOutput<'get', '/networks/:networkId/keys/:keyId/state'>

/** One step from nothing to the first player. */
export interface JoinStep {
  readonly key: 'reached' | 'accepted' | 'event' | 'player'
  readonly state: 'done' | 'now' | 'failed' | 'later'
  /** When it was done, where that is known. */
  readonly atMs: number | null
}

/** The steps of a key with what went wrong. A refusal belongs to the first step that is not done. */
export function listJoinSteps(state: KeyState): readonly JoinStep[] {
  const { lastHelloAtMs, firstEventAtMs, firstPlayerAtMs, lastRefusal } = state
  const acceptedAtMs = lastHelloAtMs ?? firstEventAtMs
  const isPlaying = firstPlayerAtMs !== null
  const doneAtMs: ReadonlyArray<readonly [JoinStep['key'], number | null, boolean]> = [
    ['reached', acceptedAtMs ?? lastRefusal?.atMs ?? null, acceptedAtMs !== null || lastRefusal !== null],
    ['accepted', acceptedAtMs, acceptedAtMs !== null && (isPlaying || !isKeptOut(state))],
    ['event', firstEventAtMs, firstEventAtMs !== null],
    ['player', firstPlayerAtMs, isPlaying],
  ]
  const next = doneAtMs.findIndex(([, , isDone]) => !isDone)
  return doneAtMs.map(([key, atMs, isDone], index) => ({
    key,
    atMs: isDone ? atMs : null,
    state: isDone ? 'done' : index > next ? 'later' : isRefusedNow(state) ? 'failed' : 'now',
  }))
}

/** Whether the last thing that happened is that something was refused. */
export function isRefusedNow({ lastRefusal, lastHelloAtMs, firstPlayerAtMs }: KeyState): boolean {
  return lastRefusal !== null && lastRefusal.atMs >= (lastHelloAtMs ?? 0) && firstPlayerAtMs === null
}

/** Whether a server that was let in once is refused since. */
function isKeptOut(state: KeyState): boolean {
  return isRefusedNow(state) && !state.connected && state.firstEventAtMs === null
}
