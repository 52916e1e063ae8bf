/** How a server says it is. `null` is unknown. */
export interface GaugesReport {
  readonly atMs: number
  readonly players: number | null
  readonly tps: number | null
  readonly msptMean: number | null
  readonly msptP95: number | null
  readonly memoryUsedBytes: number | null
  readonly memoryMaxBytes: number | null
  readonly pingMeanMs: number | null
  readonly spoolBytes: number | null
  readonly spoolEvents: number | null
  readonly droppedEvents: number | null
}
