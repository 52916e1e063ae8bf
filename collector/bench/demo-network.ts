/**
 * What loading the demo network costs another network: joins of that one come steadily, and the time until each is
 * acknowledged, which is when it is stored, is measured before, while the history is loaded, and while it is played.
 *
 *     node collector/bench/demo-network.ts [--days 30] [--joins 20] [--seconds 20]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { decode, encode, FRAME, LANE } from '@mctrack/sdk/protocol'
import { ask, createNetwork } from '../tests/support/api.ts'
import { startTestCollector } from '../tests/support/collector.ts'
import { joinEvent, makeId } from './lib/frames.ts'
import { openLink, wsFrame } from './lib/link.ts'
import { numberFlag, percentile, printTable } from './lib/numbers.ts'

const DAYS = numberFlag('days', 30)
const JOINS_A_SECOND = numberFlag('joins', 20)
const SECONDS = numberFlag('seconds', 20)
const P99_MS_WANTED = 1_500
const LOAD_TIMEOUT_MS = 600_000
const PATH = '/api/v1/demo-network'

const collector = await startTestCollector()
const other = await createNetwork(collector)
const link = await openLink(collector.port, { key: other.key })
const instance = makeId()
const sentMs: number[] = []
const latenciesMs: number[] = []
let acknowledged = 0
link.onMessage((message) => {
  const [type, , lane, through] = decode(message) as [number, unknown, number, number]
  if (type !== FRAME.ack || lane !== LANE.sessions) return
  for (; acknowledged < through; acknowledged++) {
    latenciesMs.push(performance.now() - (sentMs[acknowledged] ?? Number.NaN))
  }
})
const nowMs = Date.now()
link.write(
  wsFrame(encode([FRAME.hello, 1, instance, nowMs, nowMs, 0, ['bench', 1], ['b', '1'], ['b', '1'], [0, 0]] as never)),
)
link.write(wsFrame(encode([FRAME.snapshot, 0, true, []] as never)))
const timer = setInterval(() => {
  sentMs.push(performance.now())
  const number = sentMs.length
  link.write(wsFrame(encode([FRAME.batch, instance, LANE.sessions, number, number - 1, [joinEvent(number)]] as never)))
}, 1_000 / JOINS_A_SECOND)

/** The collector's own figure for its event loop; it begins anew with every reading. */
async function readLagMs(): Promise<number> {
  const text = await (await fetch(collector.metricsUrl)).text()
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1_000
}

const rows: Array<Readonly<Record<string, string | number>>> = []
async function measure(phase: string, wait: () => Promise<void>): Promise<void> {
  await readLagMs()
  latenciesMs.length = 0
  const startedMs = performance.now()
  await wait()
  rows.push({
    phase,
    seconds: ((performance.now() - startedMs) / 1_000).toFixed(1),
    joins: latenciesMs.length,
    'ack p50 ms': percentile(latenciesMs, 0.5).toFixed(0),
    'ack p99 ms': percentile(latenciesMs, 0.99).toFixed(0),
    'event loop p99 ms': (await readLagMs()).toFixed(1),
  })
}

const state = async () => (await ask(collector, 'GET', PATH)).body
await measure('before', () => sleep(SECONDS * 1_000))
let firstPlayerMs = Number.NaN
await measure(`loading ${DAYS} days`, async () => {
  const startedMs = performance.now()
  const { networkId } = (await ask(collector, 'POST', PATH, { body: { days: DAYS } })).body
  for (;;) {
    const { phase, failure } = await state()
    if (Number.isNaN(firstPlayerMs)) {
      const { total } = (await ask(collector, 'GET', `/api/v1/networks/${networkId}/live`)).body
      if (total > 0) firstPlayerMs = performance.now() - startedMs
    }
    if (phase === 'live') return
    if (failure !== null || performance.now() - startedMs > LOAD_TIMEOUT_MS) throw new Error(`not loaded: ${failure}`)
    // The API takes 100 requests a minute of one person.
    await sleep(1_500)
  }
})
const { sessions, events } = await state()
await measure('played live', () => sleep(SECONDS * 1_000))
const startedMs = performance.now()
await ask(collector, 'DELETE', PATH)
const removalMs = performance.now() - startedMs

clearInterval(timer)
link.close()
await collector.remove()
printTable(rows)
console.log(
  `${sessions} sessions, ${events} events; first players after ${(firstPlayerMs / 1_000).toFixed(1)} s; removed in ${(removalMs / 1_000).toFixed(1)} s`,
)
const p99 = Number(rows[1]?.['ack p99 ms'])
process.exit(p99 < P99_MS_WANTED ? 0 : 1)
