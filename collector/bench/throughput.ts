/**
 * Events stored and acknowledged a second, through the whole collector with embedded engines on this machine: in a
 * burst, and at a steady rate with the time until a batch is acknowledged. What was acknowledged is counted in
 * ClickHouse afterwards. Sender, collector and both engines share the machine's cores.
 *
 *     node collector/bench/throughput.ts [--burst 3000000] [--rate 200000] [--seconds 30] [--links 4] [--batch 1000]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectClickHouse } from '../src/platform/clickhouse/client.ts'
import { startEmbeddedClickHouse } from '../src/platform/clickhouse/embedded.ts'
import { createLog } from '../src/platform/log.ts'
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts'
import { createNetwork } from '../tests/support/api.ts'
import { startTestCollector } from '../tests/support/collector.ts'
import { numberFlag, percentile, printTable } from './lib/numbers.ts'
import type { SenderOptions, SenderReport } from './throughput/sender.ts'

const BURST = numberFlag('burst', 3_000_000)
const RATE = numberFlag('rate', 200_000)
const SECONDS = numberFlag('seconds', 30)
const LINKS = numberFlag('links', 4)
const BATCH = numberFlag('batch', 1_000)
const WANTED = { burst: 1_000_000, p99Ms: 1_500 }

const directory = mkdtempSync(join(tmpdir(), 'mctrack-bench-'))
const log = createLog({ level: 'error', format: 'json' })
const [clickhouse, postgres] = await Promise.all([
  startEmbeddedClickHouse({ directory: join(directory, 'clickhouse'), memoryBytesMax: 2_000_000_000, log }),
  startEmbeddedPostgres({ directory: join(directory, 'postgres'), log }),
])
const collector = await startTestCollector({
  env: { MCTRACK_CLICKHOUSE_URL: clickhouse.url, MCTRACK_POSTGRES_URL: postgres.url },
})
const database = connectClickHouse(clickhouse.url)
const networks = await Promise.all(Array.from({ length: LINKS }, () => createNetwork(collector)))

async function send(options: Pick<SenderOptions, 'events' | 'rate'>): Promise<SenderReport> {
  const keys = networks.map(({ key }) => key)
  const settings: SenderOptions = { ...options, port: collector.port, keys, batch: BATCH }
  const child = fork(fileURLToPath(new URL('./throughput/sender.ts', import.meta.url)), [JSON.stringify(settings)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [report] = (await once(child, 'message')) as [SenderReport]
  return report
}

async function stored(): Promise<number> {
  const [row] = await database.select<{ events: number }>(
    'SELECT uniqExact(network_id, event_id) AS events FROM events',
  )
  return row?.events ?? 0
}

/** CPU time that the collector's own process has taken so far. Fields 14 and 15 of /proc/PID/stat, in hundredths. */
function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${collector.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const rows: Record<string, string | number>[] = []
let before = 0
let isWhole = true
for (const [name, options] of [
  ['warm-up', { events: 500_000, rate: 0 }],
  ['burst', { events: BURST, rate: 0 }],
  [`steady ${RATE / 1_000} k/s`, { events: RATE * SECONDS, rate: RATE }],
] as const) {
  const cpuBefore = cpuSeconds()
  const { seconds, events, slowed, latenciesMs } = await send(options)
  const cpu = cpuSeconds() - cpuBefore
  const inDatabase = (await stored()) - before
  before += inDatabase
  isWhole &&= inDatabase === events
  rows.push({
    what: name,
    events,
    seconds: seconds.toFixed(1),
    'acknowledged/s': Math.round(events / seconds).toLocaleString('en'),
    'ack p50 ms': percentile(latenciesMs, 0.5).toFixed(0),
    'ack p99 ms': percentile(latenciesMs, 0.99).toFixed(0),
    'collector CPU ns/event': ((cpu * 1e9) / events).toFixed(0),
    slow: slowed,
    'in ClickHouse': inDatabase,
  })
}
printTable(rows)
console.log(
  `\nWanted: ${WANTED.burst.toLocaleString('en')} events/s in a burst; ${RATE.toLocaleString('en')}/s steady with p99 below ${WANTED.p99Ms} ms; every acknowledged event in ClickHouse once.`,
)
console.log(isWhole ? 'Every acknowledged event is in ClickHouse once.' : 'THE COUNTS DIFFER.')
await database.close()
await collector.remove()
await Promise.all([clickhouse.close(), postgres.close()])
rmSync(directory, { recursive: true, force: true })
process.exitCode = isWhole ? 0 : 1
