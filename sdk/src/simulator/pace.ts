/** How fast the simulation runs: its clock against the real one, or a number of events a second whatever the clock. */
export type Pace =
  | { readonly kind: 'speed'; readonly factor: number }
  | { readonly kind: 'rate'; readonly eventsPerSecond: number }

/** Faster than this, servers do not crash nor lose their links: a day's troubles would come within minutes. */
const TROUBLES_FACTOR_MAX = 120

/** Whether crashes of backends and lost links are played, or only what players do. */
export function hasTroubles(pace: Pace): boolean {
  return pace.kind === 'speed' && pace.factor <= TROUBLES_FACTOR_MAX
}

/**
 * How long to wait before something happens, in real milliseconds; 0 and less is at once.
 *
 * @param moment.simulatedMs simulated time since the start; `elapsedMs` real time since then, `events` sent since then
 */
export function waitMs(
  pace: Pace,
  moment: { readonly simulatedMs: number; readonly elapsedMs: number; readonly events: number },
): number {
  const dueMs =
    pace.kind === 'speed' ? moment.simulatedMs / pace.factor : (moment.events / pace.eventsPerSecond) * 1_000
  return dueMs - moment.elapsedMs
}
