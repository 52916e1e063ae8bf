import { type AlignedRange, stepsOf } from '../platform/aligned-range.ts'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'

/** Gauges that have a series. */
export const GAUGES = [
  'players',
  'tps',
  'msptMean',
  'msptP95',
  'memoryUsedBytes',
  'memoryMaxBytes',
  'pingMeanMs',
  'spoolBytes',
  'spoolEvents',
  'droppedEvents',
] as const
export type Gauge = (typeof GAUGES)[number]

/** Columns of equal length; null where the server said nothing. */
export type GaugeSeries = Readonly<Record<Gauge, Array<number | null>>> & { readonly atMs: number[] }

export interface GaugeStore {
  loadSeries(networkId: string, server: string, range: AlignedRange): Promise<GaugeSeries>
}

type GaugeRow = Readonly<Record<Gauge, number | null>> & { readonly atMs: number }

const SERIES = sqlFile(import.meta.url, 'queries/gauges.sql')

export function createGaugeStore(clickhouse: ClickHouse): GaugeStore {
  return {
    async loadSeries(networkId, server, range) {
      const rows = await clickhouse.select<GaugeRow>(SERIES, { networkId, server, ...range })
      return layOut(range, rows)
    },
  }
}

function layOut(range: AlignedRange, rows: readonly GaugeRow[]): GaugeSeries {
  const atMs = stepsOf(range)
  const byStep = new Map(rows.map((row) => [row.atMs, row]))
  const column = (gauge: Gauge): Array<number | null> => atMs.map((at) => round(byStep.get(at)?.[gauge] ?? null))
  const columns = Object.fromEntries(GAUGES.map((gauge) => [gauge, column(gauge)])) as Record<
    Gauge,
    Array<number | null>
  >
  return { atMs, ...columns }
}

/** Means to three decimals: they are of 32-bit numbers. */
function round(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1_000) / 1_000
}
