/**
 * From a join on the wire to the number on the screens: a server says that players join and leave, and every screen
 * (a server-sent event stream) notes when it shows the new total. Meanwhile another network sends events.
 *
 *     node collector/bench/live.ts [--screens 50] [--joins 200] [--rate 20000]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { encode, FRAME, LANE } from '@mctrack/sdk/protocol'
import { createNetwork } from '../tests/support/api.ts'
import { startTestCollector } from '../tests/support/collector.ts'
import { joinEvent, makeId } from './lib/frames.ts'
import { openLink, wsFrame } from './lib/link.ts'
import { numberFlag, percentile, printTable } from './lib/numbers.ts'
import type { SenderOptions } from './throughput/sender.ts'

const SCREENS = numberFlag('screens', 50)
const JOINS = numberFlag('joins', 200)
const RATE = numberFlag('rate', 20_000)
const P99_MS_WANTED = 250
const SHOWN_TIMEOUT_MS = 5_000

const collector = await startTestCollector()
const network = await createNetwork(collector)
const busy = await createNetwork(collector)

/** Totals as the screens show them: who waits for which. */
const waiting = new Map<number, { readonly sentMs: number; missing: number; readonly done: () => void }>()
const latenciesMs: number[] = []
const closing = new AbortController()

async function openScreen(): Promise<void> {
  const answer = await fetch(`${collector.url}${network.path}/live/stream`, {
    headers: { authorization: `Bearer ${collector.token}` },
    signal: closing.signal,
  })
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  void (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      rest += value
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const total = /"total":(\d+)/.exec(block)?.[1]
        if (total !== undefined) shown(Number(total))
      }
    }
  })().catch(() => undefined)
}

function shown(total: number): void {
  const wait = waiting.get(total)
  if (wait === undefined) return
  latenciesMs.push(performance.now() - wait.sentMs)
  wait.missing -= 1
  if (wait.missing > 0) return
  waiting.delete(total)
  wait.done()
}

const link = await openLink(collector.port, { key: network.key })
const instance = makeId()
const nowMs = Date.now()
link.write(
  wsFrame(encode([FRAME.hello, 1, instance, nowMs, nowMs, 0, ['bench', 1], ['b', '1'], ['b', '1'], [0, 0]] as never)),
)
link.write(wsFrame(encode([FRAME.snapshot, 0, true, []] as never)))
for (let i = 0; i < SCREENS; i++) await openScreen()
const load: SenderOptions = { port: collector.port, keys: [busy.key], events: 1e9, batch: 200, rate: RATE }
const sender = fork(fileURLToPath(new URL('./throughput/sender.ts', import.meta.url)), [JSON.stringify(load)], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
})
await sleep(2_000)

let late = 0
for (let number = 1; number <= JOINS; number++) {
  const everywhere = new Promise<void>((done) => {
    waiting.set(number, { sentMs: performance.now(), missing: SCREENS, done })
  })
  link.write(wsFrame(encode([FRAME.batch, instance, LANE.sessions, number, number - 1, [joinEvent(number)]] as never)))
  const isLate = await Promise.race([everywhere.then(() => false), sleep(SHOWN_TIMEOUT_MS, true)])
  if (isLate) late += 1
  // Neither in step with the screens' own rhythm nor always after it.
  await sleep(50 + Math.random() * 500)
}
printTable([
  {
    screens: SCREENS,
    joins: JOINS,
    'other events/s': RATE,
    'p50 ms': percentile(latenciesMs, 0.5).toFixed(1),
    'p99 ms': percentile(latenciesMs, 0.99).toFixed(1),
    'max ms': percentile(latenciesMs, 1).toFixed(1),
    'never shown': late,
  },
])
console.log(`\nWanted: p99 below ${P99_MS_WANTED} ms.`)
closing.abort()
link.close()
sender.kill()
await once(sender, 'exit')
await collector.remove()
process.exitCode = percentile(latenciesMs, 0.99) < P99_MS_WANTED && late === 0 ? 0 : 1
