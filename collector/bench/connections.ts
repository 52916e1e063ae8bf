/**
 * What an open connection costs in memory: servers that said hello and have nobody online, against sockets that
 * uWebSockets.js merely holds. Of several rounds in one process each, because resident memory of the first ones has
 * tables and code in it that stay; the heap is measured after a collection of garbage.
 *
 *     node collector/bench/connections.ts [--links 5000] [--rounds 5]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { encode, FRAME } from '@mctrack/sdk/protocol'
import type { Memory, Way } from './connections/server.ts'
import { makeId } from './lib/frames.ts'
import { type Link, openLink, wsFrame } from './lib/link.ts'
import { median, numberFlag, printTable } from './lib/numbers.ts'

const LINKS = numberFlag('links', 5_000)
const ROUNDS = numberFlag('rounds', 5)
const AT_ONCE = 100
const BYTES_WANTED = 1_500
const SETTLE_MS = 500

const WAYS: Readonly<Record<Way, string>> = {
  limit: 'held by uWebSockets.js alone',
  collector: 'a server that said hello',
}

async function ask(child: ChildProcess): Promise<Memory> {
  await sleep(SETTLE_MS)
  child.send('forget')
  child.send('measure')
  const [memory] = (await once(child, 'message')) as [Memory]
  return memory
}

async function openMany(port: number, way: Way): Promise<Link[]> {
  const links: Link[] = []
  for (let first = 0; first < LINKS; first += AT_ONCE) {
    const opened = await Promise.all(Array.from({ length: AT_ONCE }, () => openLink(port)))
    if (way === 'collector') for (const [place, link] of opened.entries()) await greet(link, first + place)
    links.push(...opened)
  }
  return links
}

async function greet(link: Link, number: number): Promise<void> {
  const welcome = new Promise<void>((resolve) => link.onMessage(() => resolve()))
  const nowMs = Date.now()
  const hello = [FRAME.hello, 1, makeId(), nowMs, nowMs, 0, [`server-${number}`, 2], ['b', '1'], ['b', '1'], [0, 0]]
  link.write(wsFrame(encode(hello as never)))
  link.write(wsFrame(encode([FRAME.snapshot, 0, true, []] as never)))
  await welcome
}

const results = []
for (const way of Object.keys(WAYS) as Way[]) {
  const child = fork(fileURLToPath(new URL('./connections/server.ts', import.meta.url)), [way], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const heap: number[] = []
  const resident: number[] = []
  const seconds: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const before = await ask(child)
    const startedMs = performance.now()
    const links = await openMany(port, way)
    const took = (performance.now() - startedMs) / 1_000
    const after = await ask(child)
    for (const link of links) link.close()
    if (round === 0) continue // Tables and code that stay are made by the first round.
    heap.push((after.heapBytes - before.heapBytes) / LINKS)
    resident.push((after.residentBytes - before.residentBytes) / LINKS)
    seconds.push(took)
  }
  child.kill()
  results.push({ way, heap: median(heap), resident: median(resident), seconds: median(seconds) })
}
printTable(
  results.map(({ way, heap, resident, seconds }) => ({
    what: WAYS[way],
    links: LINKS,
    'heap bytes each': heap.toFixed(0),
    'resident bytes each': resident.toFixed(0),
    'opened in s': seconds.toFixed(2),
  })),
)
const [limit, own] = results
// uWebSockets.js keeps its part outside the heap, where freed memory is not given back between rounds.
const bytes = Math.max((own?.heap ?? 0) - (limit?.heap ?? 0), 0)
console.log(`\nA connection adds ${bytes.toFixed(0)} bytes of heap to what uWebSockets.js itself takes.`)
console.log(`Wanted: at most ${BYTES_WANTED} bytes a connection, all in all.`)
process.exitCode = (own?.heap ?? Number.POSITIVE_INFINITY) <= BYTES_WANTED ? 0 : 1
