/**
 * What an open connection costs in memory: servers that said hello and have nobody online, against sockets that
 * uWebSockets.js merely holds.
 *
 *     node --expose-gc collector/bench/connections.ts [--links 5000]
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { encode, FRAME } from '@mctrack/sdk/protocol'
import { createNetwork } from '../tests/support/api.ts'
import { startTestCollector } from '../tests/support/collector.ts'
import { makeId } from './lib/frames.ts'
import { type Link, openLink, wsFrame } from './lib/link.ts'
import { numberFlag, printTable } from './lib/numbers.ts'

const LINKS = numberFlag('links', 5_000)
const AT_ONCE = 100
const BYTES_WANTED = 1_500
/** Long enough for the engine to give back what was only passing through. */
const SETTLE_MS = 5_000

function residentBytes(pid: number): number {
  const pages = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Private_Dirty:\s+(\d+) kB/m.exec(pages)?.[1] ?? Number.NaN) * 1_024
}

async function openMany(port: number, key: string, greet: (link: Link, number: number) => void): Promise<Link[]> {
  const links: Link[] = []
  for (let first = 0; first < LINKS; first += AT_ONCE) {
    const opened = await Promise.all(Array.from({ length: AT_ONCE }, () => openLink(port, { key })))
    for (const [place, link] of opened.entries()) greet(link, first + place)
    links.push(...opened)
  }
  return links
}

/** Memory of a process before and after the links, and the time that opening them took. */
async function measure(pid: number, open: () => Promise<Link[]>): Promise<{ each: number; seconds: number }> {
  const warm = await open() // Tables and code that stay are made by the first round.
  for (const link of warm) link.close()
  await sleep(SETTLE_MS)
  const before = residentBytes(pid)
  const startedMs = performance.now()
  const links = await open()
  const seconds = (performance.now() - startedMs) / 1_000
  await sleep(SETTLE_MS)
  const each = (residentBytes(pid) - before) / LINKS
  for (const link of links) link.close()
  return { each, seconds }
}

const limit = fork(fileURLToPath(new URL('./receive/server.ts', import.meta.url)), ['limit'], {
  execArgv: ['--disable-warning=ExperimentalWarning'],
})
const [{ port }] = (await once(limit, 'message')) as [{ port: number }]
const held = await measure(limit.pid ?? 0, () => openMany(port, 'none', () => undefined))
limit.kill()

const collector = await startTestCollector()
const { key } = await createNetwork(collector)
const greeted = await measure(collector.process.pid ?? 0, () =>
  openMany(collector.port, key, (link, number) => {
    const nowMs = Date.now()
    const hello = [FRAME.hello, 1, makeId(), nowMs, nowMs, 0, [`server-${number}`, 2], ['b', '1'], ['b', '1'], [0, 0]]
    link.write(wsFrame(encode(hello as never)))
    link.write(wsFrame(encode([FRAME.snapshot, 0, true, []] as never)))
  }),
)
await collector.remove()
printTable(
  [
    { what: 'held by uWebSockets.js alone', ...held },
    { what: 'a server that said hello', ...greeted },
  ].map(({ what, each, seconds }) => ({
    what,
    links: LINKS,
    'bytes each': each.toFixed(0),
    'opened in s': seconds.toFixed(2),
  })),
)
console.log(`\nWanted: at most ${BYTES_WANTED} bytes a connection.`)
process.exitCode = greeted.each <= BYTES_WANTED ? 0 : 1
