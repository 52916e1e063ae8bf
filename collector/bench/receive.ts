/**
 * What receiving costs, from a frame to the checked bytes of its rows, against the limit (uWebSockets.js receives and
 * answers, nothing is read) and against what others would do. CPU time of the receiving process per event, which stays
 * put when the machine is busy; rounds of all ways take turns, medians are shown.
 *
 *     node collector/bench/receive.ts [--rounds 7] [--seconds 1] [--events 50]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { batchFrame, jsonBatch, makeId } from './lib/frames.ts'
import { type Link, openLink, wsFrame } from './lib/link.ts'
import { median, numberFlag, printTable } from './lib/numbers.ts'
import type { Way } from './receive/server.ts'

const ROUNDS = numberFlag('rounds', 7)
const SECONDS = numberFlag('seconds', 1)
const EVENTS = numberFlag('events', 50)
const LINKS = 4
/** Frames on their way on one link: enough that the receiver never waits. */
const WINDOW_BYTES = 256 * 1024
/** What must be reached of the limit. */
const SHARE_WANTED = 0.18

const WAYS: Readonly<Record<Way, string>> = {
  limit: 'the limit: uWebSockets.js receives and answers',
  telemetry: 'MCTrack: custom events, checked, to rows',
  sessions: 'MCTrack: joins, checked, country, to 2 rows each',
  'msgpackr-zod-json': 'uWebSockets.js, msgpackr, zod, JSON lines',
  'ws-limit': 'ws receives and answers, nothing is read',
  'ws-json-zod-json': 'ws, JSON, zod, JSON lines',
  'http-json-zod-json': 'HTTP (node:http), JSON, zod, JSON lines',
}

interface Receiver {
  readonly way: Way
  readonly child: ChildProcess
  readonly port: number
  readonly message: Uint8Array
  readonly nsPerEvent: number[]
  readonly eventsPerSecond: number[]
}

async function start(way: Way): Promise<Receiver> {
  const child = fork(fileURLToPath(new URL('./receive/server.ts', import.meta.url)), [way], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const message = way.includes('json-zod')
    ? jsonBatch(EVENTS)
    : batchFrame(way === 'sessions' ? 'sessions' : 'telemetry', makeId(), 1, EVENTS)
  return { way, child, port, message, nsPerEvent: [], eventsPerSecond: [] }
}

async function ask(child: ChildProcess, what: 'begin' | 'end'): Promise<{ frames: number; cpuNs: number }> {
  child.send(what)
  const [answer] = (await once(child, 'message')) as [{ frames: number; cpuNs: number }]
  return answer
}

async function measure(receiver: Receiver): Promise<void> {
  const stop = receiver.way.startsWith('http') ? await pushHttp(receiver) : await pushSockets(receiver)
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 250)) // Warm.
  await ask(receiver.child, 'begin')
  const startedMs = performance.now()
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000))
  const { frames, cpuNs } = await ask(receiver.child, 'end')
  const seconds = (performance.now() - startedMs) / 1_000
  stop()
  receiver.nsPerEvent.push(cpuNs / (frames * EVENTS))
  receiver.eventsPerSecond.push((frames * EVENTS) / seconds)
}

async function pushSockets({ port, message }: Receiver): Promise<() => void> {
  const frame = wsFrame(message)
  const perWrite = Math.max(1, Math.floor(WINDOW_BYTES / frame.length))
  const frames = Buffer.concat(Array.from({ length: perWrite }, () => frame))
  const links: Link[] = []
  for (let i = 0; i < LINKS; i++) {
    const link = await openLink(port)
    let answered = 0
    link.onMessage(() => {
      answered += 1
      if (answered % perWrite === 0) link.write(frames)
    })
    // Two writes on their way: the next is there before the receiver is done with the one before.
    link.write(frames)
    link.write(frames)
    links.push(link)
  }
  return () => {
    for (const link of links) link.close()
  }
}

async function pushHttp({ port, message }: Receiver): Promise<() => void> {
  let isOver = false
  const post = (): void => {
    const sent = request(
      { port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': message.length } },
      (answer) => {
        answer.resume()
        answer.once('end', () => isOver || post())
      },
    )
    sent.on('error', () => undefined)
    sent.end(message)
  }
  for (let i = 0; i < LINKS * 8; i++) post()
  return () => {
    isOver = true
  }
}

const receivers: Receiver[] = []
for (const way of Object.keys(WAYS) as Way[]) receivers.push(await start(way))
for (let round = 0; round < ROUNDS; round++) {
  for (const receiver of receivers) await measure(receiver)
}
const limit = median(receivers[0]?.nsPerEvent ?? [])
console.log(`${EVENTS} events a frame, medians of ${ROUNDS} rounds of ${SECONDS} s\n`)
printTable(
  receivers.map(({ way, nsPerEvent, eventsPerSecond, message }) => ({
    way: WAYS[way],
    'CPU ns/event': median(nsPerEvent).toFixed(0),
    'of the limit': `${((100 * limit) / median(nsPerEvent)).toFixed(1)} %`,
    'events/s here': `${(median(eventsPerSecond) / 1e6).toFixed(2)} M`,
    'bytes/event': (message.length / EVENTS).toFixed(0),
  })),
)
const own = receivers.filter(({ way }) => way === 'telemetry' || way === 'sessions')
const shares = own.map(({ nsPerEvent }) => limit / median(nsPerEvent))
console.log(`\nWanted: at least ${100 * SHARE_WANTED} % of the limit.`)
for (const { child } of receivers) child.kill()
process.exitCode = Math.max(...shares) >= SHARE_WANTED ? 0 : 1
