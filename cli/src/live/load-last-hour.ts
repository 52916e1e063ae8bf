import type { CcuHistory, Network } from '../api/types.ts'
import type { Session } from '../cli.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Peaks of the minutes before an instant of the collector's clock, oldest first; null where nothing is known. */
export async function loadLastHour(
  { api, read }: Session,
  network: Network,
  atMs: number,
): Promise<ReadonlyArray<number | null>> {
  const history = await read(
    api.networks[':networkId'].ccu.$get({
      param: { networkId: network.id },
      query: { fromMs: String(atMs - HOUR_MS), toMs: String(atMs), stepMs: String(MINUTE_MS) },
    }),
  )
  return peaksOf(history)
}

/** A network that was never sampled has no series: an hour of which nothing is known. The minute that runs is left out. */
export function peaksOf({ atMs, series }: Pick<CcuHistory, 'atMs' | 'series'>): ReadonlyArray<number | null> {
  const peaks = series[0]?.peaks ?? atMs.map(() => null)
  return peaks.at(-1) === null ? peaks.slice(0, -1) : peaks
}
