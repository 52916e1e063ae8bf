import { type Finding, pass, warn } from './finding.ts'

const TIMEOUT_MS = 3_000

/** Whether the metrics of the collector on this machine can be read. */
export async function checkMetrics(metricsUrl: string): Promise<Finding> {
  const remedy = 'Start the collector again, with another --metrics-port if something else took the port.'
  try {
    const response = await fetch(metricsUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await response.text()
    if (response.ok && text.includes('# HELP')) return pass('metrics', `Metrics are served at ${metricsUrl}.`)
    return warn('metrics', `Something answers at ${metricsUrl}, but not with metrics.`, remedy)
  } catch {
    return warn('metrics', `No metrics are served at ${metricsUrl}.`, remedy)
  }
}
