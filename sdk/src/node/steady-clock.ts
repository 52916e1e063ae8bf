/** A wall clock that moves by less than this between two looks is followed: it drifts, or is kept right in small steps. */
const FOLLOWED_MS = 5_000

/**
 * The host's wall clock at the start, in whole Unix milliseconds, going on at the pace of time. When the wall clock is
 * set, this one goes on as if it were not, and it never goes back: timers fire when they should, and times of events stay
 * those that the collector's offset was learned for.
 *
 * @param wallMs the wall clock in whole milliseconds, which may be set at any moment
 * @param elapsedMs a monotonic clock with any beginning
 */
export function createSteadyClock(wallMs: () => number, elapsedMs: () => number): () => number {
  let latestMs = wallMs()
  let elapsedAtLatestMs = elapsedMs()
  let setByMs = 0
  return () => {
    const elapsed = elapsedMs()
    const expectedMs = latestMs + elapsed - elapsedAtLatestMs
    const wall = wallMs()
    const apartMs = wall - setByMs - expectedMs
    if (Math.abs(apartMs) > FOLLOWED_MS) setByMs += Math.round(apartMs)
    latestMs = Math.max(latestMs, wall - setByMs)
    elapsedAtLatestMs = elapsed
    return latestMs
  }
}
