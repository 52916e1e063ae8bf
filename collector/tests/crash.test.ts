import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, createNetwork, startTestCollector, type TestCollector, until } from './support/index.ts'

const SENDER = fileURLToPath(new URL('./support/sender.ts', import.meta.url))
/** What a sender reports: joins, switches, leaves and events of its own. */
const EVENTS = 4_000

const cleanUp: Array<() => Promise<void> | void> = []
afterEach(async () => {
  for (const clean of cleanUp.splice(0).toReversed()) await clean()
})

interface Sender {
  readonly process: ChildProcess
  /** Numbers of the events that were reported, read from what the process wrote down before each. */
  reported(): number
  readonly finished: Promise<void>
}

function startSender(options: { endpoint: string; key: string; directory: string; from: number; to: number }): Sender {
  const child = fork(SENDER, [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  cleanUp.push(() => void child.kill('SIGKILL'))
  return {
    process: child,
    reported: () => readFileSync(join(options.directory, 'reported'), 'utf8').split('\n').length - 1,
    finished: once(child, 'message').then(() => undefined),
  }
}

async function setUp() {
  const collector = await startTestCollector()
  cleanUp.push(() => rmSync(collector.dataDirectory, { recursive: true, force: true }))
  cleanUp.push(() => collector.stop().then(() => undefined))
  const { networkId, key, path } = await createNetwork(collector)
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-sender-'))
  cleanUp.push(() => rmSync(directory, { recursive: true, force: true }))
  return { collector, networkId, key, path, directory }
}

async function restart(before: TestCollector): Promise<TestCollector> {
  const collector = await startTestCollector({ dataDirectory: before.dataDirectory, port: before.port })
  cleanUp.push(() => collector.stop().then(() => undefined))
  return collector
}

/** Sessions of players 1 to `to`, all pages. */
async function loadSessions(collector: TestCollector, path: string) {
  const sessions: Array<{ playerName: string; endReason: string | null; gamemodes: unknown[] }> = []
  let cursor = ''
  do {
    const { body, status } = await ask(collector, 'GET', `${path}/sessions?limit=500${cursor}`)
    expect(status, JSON.stringify(body)).toBe(200)
    sessions.push(...body.sessions)
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  return sessions
}

/** Every event that was reported is stored once: sessions by their players, custom events by their numbers. */
async function checkStored(collector: TestCollector, path: string, reported: number): Promise<void> {
  const players = Math.ceil(reported / 4)
  const sessions = await until(
    () => loadSessions(collector, path),
    ({ length }) => length >= players,
    30_000,
  )
  const names = sessions.map(({ playerName }) => playerName)
  expect(new Set(names).size).toBe(names.length)
  for (let player = 1; player <= players; player++) expect(names).toContain(`Player${player}`)
}

describe('every event is stored once and CCU is right', () => {
  it('after the collector was killed in the middle', async () => {
    const { collector, key, path, directory } = await setUp()
    const sender = startSender({ endpoint: collector.endpoint, key, directory, from: 1, to: EVENTS })
    await until(
      () => fileLength(directory),
      (events) => events > 800,
    )
    await collector.kill()
    await sleep(300)
    const next = await restart(collector)
    await until(
      () => fileLength(directory),
      (events) => events > 2_400,
      30_000,
    )
    await next.kill()
    const last = await restart(next)
    await sender.finished
    await checkStored(last, path, EVENTS)
    const { body } = await ask(last, 'GET', `${path}/live`)
    // Every tenth player stays.
    expect(body.total).toBe(EVENTS / 4 / 10)
    await checkEvents(last, path, EVENTS)
  }, 120_000)

  it('after the embedded ClickHouse was killed in the middle', async () => {
    const { collector, key, path, directory } = await setUp()
    const sender = startSender({ endpoint: collector.endpoint, key, directory, from: 1, to: EVENTS })
    for (const at of [600, 1_600, 2_600]) {
      await until(
        () => fileLength(directory),
        (events) => events > at,
      )
      for (const pid of clickHouseOf(collector)) process.kill(pid, 'SIGKILL')
    }
    await sender.finished
    await checkStored(collector, path, EVENTS)
    expect((await ask(collector, 'GET', `${path}/live`)).body.total).toBe(EVENTS / 4 / 10)
    await checkEvents(collector, path, EVENTS)
  }, 120_000)

  it('after an SDK process was killed in the middle and started again', async () => {
    const { collector, key, path, directory } = await setUp()
    const options = { endpoint: collector.endpoint, key, directory, to: EVENTS }
    const first = startSender({ ...options, from: 1 })
    await until(
      () => fileLength(directory),
      (events) => events > 1_500,
    )
    first.process.kill('SIGKILL')
    await once(first.process, 'exit')
    const reported = first.reported()
    expect(reported).toBeLessThan(EVENTS)
    // The next boot goes on behind what was reported: a whole player later, since the killed one's are over.
    const from = Math.ceil(reported / 4) * 4 + 1
    const second = startSender({ ...options, from })
    await second.finished
    await checkStored(collector, path, EVENTS)
    const staying = await until(
      async () => (await ask(collector, 'GET', `${path}/live`)).body.total,
      (total) => total === countStaying(from, EVENTS),
      10_000,
    )
    expect(staying).toBe(countStaying(from, EVENTS))
    await checkEvents(collector, path, reported, from)
  }, 120_000)
})

function fileLength(directory: string): number {
  try {
    return readFileSync(join(directory, 'reported'), 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

/** Players of these events who stay: every tenth. */
function countStaying(from: number, to: number): number {
  const players = Array.from({ length: to / 4 - (from - 1) / 4 }, (_, i) => (from - 1) / 4 + 1 + i)
  return players.filter((player) => player % 10 === 0).length
}

function clickHouseOf(collector: TestCollector): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return table
    .split('\n')
    .filter((line) => line.includes('embedded/server.ts') && line.includes(collector.dataDirectory))
    .map((line) => Number.parseInt(line, 10))
}

/** Each custom event carries its number: 3, 7, 11, … are stored, each once. */
async function checkEvents(collector: TestCollector, path: string, to: number, alsoFrom = to + 1): Promise<void> {
  const { body } = await ask(collector, 'GET', `${path}/ingest`)
  expect(body.refused).toEqual([])
  const numbers = await storedNumbers(collector)
  expect(new Set(numbers).size).toBe(numbers.length)
  for (let number = 3; number <= to; number += 4) expect(numbers).toContain(number)
  for (let number = alsoFrom + 2; number <= EVENTS; number += 4) expect(numbers).toContain(number)
}

/** Asks the embedded ClickHouse itself, once the collector has stopped. */
async function storedNumbers(collector: TestCollector): Promise<number[]> {
  await collector.stop()
  const { startEmbeddedClickHouse } = await import('../src/platform/clickhouse/embedded.ts')
  const { connectClickHouse } = await import('../src/platform/clickhouse/client.ts')
  const { createLog } = await import('../src/platform/log.ts')
  const engine = await startEmbeddedClickHouse({
    directory: join(collector.dataDirectory, 'clickhouse'),
    memoryBytesMax: 1_000_000_000,
    log: createLog({ level: 'warn', format: 'json' }),
  })
  const clickhouse = connectClickHouse(engine.url)
  const rows = await clickhouse.select<{ number: number }>(
    "SELECT JSONExtractInt(properties, 'number') AS number FROM events FINAL WHERE name = 'numbered'",
  )
  await clickhouse.close()
  await engine.close()
  return rows.map(({ number }) => number)
}
