import type { GaugesReport } from '../servers/index.ts'
import { type Reader, readInteger, readNumberOrNull } from './decode/reader.ts'

/** Whole numbers, and what the columns can hold. */
function readCount(reader: Reader, max: number): number | null | undefined {
  const value = readNumberOrNull(reader)
  if (value === undefined || value === null) return value
  return value >= 0 && value <= max ? Math.floor(value) : undefined
}

function readMeasure(reader: Reader): number | null | undefined {
  const value = readNumberOrNull(reader)
  return value === undefined || value === null ? value : value >= 0 && value <= 1e12 ? value : undefined
}

/** Reads what follows the type of a `gauges` frame; undefined when it does not follow the protocol. */
export function decodeGauges(reader: Reader): GaugesReport | undefined {
  const atMs = readInteger(reader)
  const players = readCount(reader, 0xffffffff)
  const tps = readMeasure(reader)
  const msptMean = readMeasure(reader)
  const msptP95 = readMeasure(reader)
  const memoryUsedBytes = readCount(reader, Number.MAX_SAFE_INTEGER)
  const memoryMaxBytes = readCount(reader, Number.MAX_SAFE_INTEGER)
  const pingMeanMs = readMeasure(reader)
  const spoolBytes = readCount(reader, Number.MAX_SAFE_INTEGER)
  const spoolEvents = readCount(reader, Number.MAX_SAFE_INTEGER)
  const droppedEvents = readCount(reader, Number.MAX_SAFE_INTEGER)
  if (
    !(atMs >= 0) ||
    players === undefined ||
    tps === undefined ||
    msptMean === undefined ||
    msptP95 === undefined ||
    memoryUsedBytes === undefined ||
    memoryMaxBytes === undefined ||
    pingMeanMs === undefined ||
    spoolBytes === undefined ||
    spoolEvents === undefined ||
    droppedEvents === undefined
  ) {
    return undefined
  }
  return {
    atMs,
    players,
    tps,
    msptMean,
    msptP95,
    memoryUsedBytes,
    memoryMaxBytes,
    pingMeanMs,
    spoolBytes,
    spoolEvents,
    droppedEvents,
  }
}
