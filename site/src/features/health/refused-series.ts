import type { ApiOutput } from '../../api/api-types.ts'
import type { ChartData } from '../../charts/chart-data.ts'
import { healthMessages as m } from '../../messages/health-messages.ts'

/** What arrived and what was refused over time. */
export type IngestHistory = ApiOutput<'get', '/networks/:networkId/ingest/history'>

/** There are eight chart colours; the last stands for all reasons beyond. */
const LINES_MAX = 8

/** Accepted events, up to the last minute that is counted. */
export function toAcceptedData(history: IngestHistory, nowMs: number): ChartData {
  const { timesMs, incompleteFromMs } = timesOf(history, nowMs)
  return {
    timesMs,
    incompleteFromMs,
    series: [{ label: m.accepted, look: 'main', values: history.accepted.slice(0, timesMs.length) }],
  }
}

/** Refused events, a line for each reason; undefined when nothing was refused. */
export function toRefusedData(history: IngestHistory, nowMs: number): ChartData | undefined {
  const { timesMs, incompleteFromMs } = timesOf(history, nowMs)
  const reasons = history.refused.filter(({ total }) => total > 0)
  if (reasons.length === 0) return undefined
  const isTooMany = reasons.length > LINES_MAX
  const own = isTooMany ? reasons.slice(0, LINES_MAX - 1) : reasons
  const rest = isTooMany ? reasons.slice(LINES_MAX - 1) : []
  const lines = [
    ...own.map(({ code, events }) => ({ label: code, events })),
    ...(rest.length > 0 ? [{ label: m.otherReasons, events: sumOf(rest.map(({ events }) => events)) }] : []),
  ]
  return {
    timesMs,
    incompleteFromMs,
    series: lines.map(({ label, events }) => ({ label, look: 'line', values: events.slice(0, timesMs.length) })),
  }
}

/** Sums of columns of equal length. */
function sumOf(columns: ReadonlyArray<readonly number[]>): readonly number[] {
  return (columns[0] ?? []).map((_, index) => columns.reduce((sum, column) => sum + (column[index] ?? 0), 0))
}

function timesOf({ atMs, stepMs }: IngestHistory, nowMs: number): Pick<ChartData, 'timesMs' | 'incompleteFromMs'> {
  const timesMs = atMs.filter((at) => at <= nowMs)
  const lastMs = timesMs.at(-1) ?? 0
  return { timesMs, incompleteFromMs: lastMs + stepMs > nowMs ? lastMs : undefined }
}
