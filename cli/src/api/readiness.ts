import { notACollector, toUnreachable } from './api-error.ts'
import type { CollectorPlace } from './find-collector.ts'
import type { Readiness } from './types.ts'

const TIMEOUT_MS = 8_000

/** A collector's own word on whether it can work, and what its clock says. Needs no token. */
export interface ReadinessAnswer {
  readonly readiness: Readiness
  readonly tookMs: number
  /** Unix milliseconds to the second, from the `Date` of the answer; undefined when it has none. */
  readonly collectorDateMs: number | undefined
  /** Middle of the request, by this machine's clock. */
  readonly atMs: number
}

/** @throws CliError COLLECTOR_UNREACHABLE */
export async function askReadiness(place: CollectorPlace, now: () => number): Promise<ReadinessAnswer> {
  const startedMs = now()
  let response: Response
  let text: string
  try {
    response = await fetch(`${place.url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    text = await response.text()
  } catch (error) {
    throw toUnreachable(error, place)
  }
  const endedMs = now()
  const readiness = parseReadiness(text)
  if (readiness === undefined) throw notACollector(place, `/readyz answered with status ${response.status}`)
  const dateMs = Date.parse(response.headers.get('date') ?? '')
  return {
    readiness,
    tookMs: endedMs - startedMs,
    collectorDateMs: Number.isNaN(dateMs) ? undefined : dateMs,
    atMs: (startedMs + endedMs) / 2,
  }
}

function parseReadiness(text: string): Readiness | undefined {
  try {
    const { status, checks } = JSON.parse(text) as Partial<Readiness>
    if ((status !== 'ready' && status !== 'not_ready') || !Array.isArray(checks)) return undefined
    return { status, checks }
  } catch {
    return undefined
  }
}
