import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@mctrack/sdk'
import { afterEach, describe, expect, inject, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  LANE,
  processesOn,
  sessionFields,
  startTestCollector,
  type TestCollector,
  until,
} from './support/index.ts'

const started: TestCollector[] = []
afterEach(async () => {
  for (const collector of started.splice(0)) await collector.remove()
})

async function start(options: Parameters<typeof startTestCollector>[0] = {}): Promise<TestCollector> {
  const collector = await startTestCollector(options)
  started.push(collector)
  return collector
}

function enginesOf(collector: TestCollector): number[] {
  return processesOn(collector.dataDirectory).filter((pid) => pid !== collector.process.pid)
}

describe('a collector with embedded engines', () => {
  it('keeps its token and its lock to itself, and leaves nothing running', async () => {
    const collector = await start()
    const { dataDirectory, token } = collector
    expect(token).toMatch(/^mctp_[A-Za-z0-9_-]{43}$/)
    for (const file of ['operator-token', 'collector.json', 'lock']) {
      expect(statSync(join(dataDirectory, file)).mode & 0o777, file).toBe(0o600)
    }
    expect(JSON.parse(readFileSync(join(dataDirectory, 'collector.json'), 'utf8'))).toMatchObject({
      url: collector.url,
    })
    expect(enginesOf(collector).length).toBeGreaterThanOrEqual(2)
    expect(await collector.stop()).toBe(0)
    expect(processesOn(dataDirectory)).toEqual([])
    expect(existsSync(join(dataDirectory, 'lock'))).toBe(false)
    expect(collector.log()).not.toContain(token)
  })

  it('shows the password of its ClickHouse in no list of processes', () => {
    const { password } = new URL(inject('clickhouseUrl'))
    const table = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    expect(password).toMatch(/^[0-9a-f]{48}$/)
    expect(table).toContain('embedded/server.ts')
    expect(table).not.toContain(password)
  })

  it('refuses a second start on the same directory with a sentence', async () => {
    const { dataDirectory } = await start()
    await expect(startTestCollector({ dataDirectory })).rejects.toThrow(
      /Another collector \(process \d+\) already runs on .*MCTRACK_DATA_DIR/,
    )
  })

  it('stops within ten seconds, says goodbye, and loses nothing', async () => {
    const collector = await start()
    const { key, path } = await createNetwork(collector)
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const nowMs = Date.now()
    for (let first = 1; first <= 500; first += 50) {
      const ends = Array.from({ length: 50 }, () => [
        3,
        sessionFields({ startedAtMs: nowMs - 1_000 }),
        null,
        nowMs,
        1,
        0,
      ])
      socket.batch(LANE.sessions, first, ends)
    }
    const stopped = collector.stop()
    const startedMs = Date.now()
    expect(await socket.closed).toMatchObject({ reason: 'SHUTTING_DOWN' })
    expect(await stopped).toBe(0)
    expect(Date.now() - startedMs).toBeLessThan(10_000)
    const acknowledged = Math.max(
      0,
      ...socket.unread().map(([type, , , through]) => (type === 17 ? (through as number) : 0)),
    )
    expect(acknowledged).toBeGreaterThan(0)
    const again = await start({ dataDirectory: collector.dataDirectory })
    const { sessions } = (await ask(again, 'GET', `${path}/sessions?limit=500`)).body
    expect(sessions.length).toBeGreaterThanOrEqual(acknowledged)
    const [used] = (await ask(again, 'GET', `${path}/keys`)).body
    expect(Math.abs(used.lastUsedAtMs - nowMs)).toBeLessThan(10_000)
  })

  it('starts its engines again when they die, goes on counting meanwhile, and stores what came', async () => {
    const collector = await start()
    const { key, path } = await createNetwork(collector)
    const live = async () => (await ask(collector, 'GET', `${path}/live`)).body.total
    const client = createClient({
      key,
      endpoint: collector.endpoint,
      server: { name: 'proxy-1', kind: 'proxy' },
      spool: { directory: false },
    })
    client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'First' })
    await until(live, (total) => total === 1)
    for (const pid of enginesOf(collector)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Its parent's death has taken it already.
      }
    }
    client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf6', name: 'Second' })
    // Both databases are gone; who is online is known all the same.
    await until(live, (total) => total === 2, 2_000)
    expect(await client.flush({ timeoutMs: 30_000 })).toEqual({ pendingEvents: 0 })
    const ready = await until(
      () => fetch(`${collector.url}/readyz`),
      ({ status }) => status === 200,
      30_000,
    )
    expect(ready.status).toBe(200)
    await client.close()
    const sessions = (await ask(collector, 'GET', `${path}/sessions`)).body.sessions
    expect(sessions.map(({ playerName }: { playerName: string }) => playerName).toSorted()).toEqual(['First', 'Second'])
  })

  it('killed with SIGKILL leaves nothing that the next start cannot end, and what was stored is there', async () => {
    const collector = await start()
    const { dataDirectory } = collector
    const { key, path } = await createNetwork(collector)
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.batch(LANE.sessions, 1, [[3, sessionFields({ startedAtMs: Date.now() - 1_000 }), null, Date.now(), 1, 0]])
    await socket.acknowledged(LANE.sessions, 1)
    await collector.kill()
    const again = await start({ dataDirectory })
    expect((await ask(again, 'GET', `${path}/sessions`)).body.sessions).toHaveLength(1)
    expect(again.token).toBe(collector.token)
    await again.stop()
    expect(processesOn(dataDirectory)).toEqual([])
  })

  it('starts on a directory whose lock a dead process left, or that names a process that is somebody else by now', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
    for (const lock of [
      '',
      '{"pid":999999999,"startedAt":"1"}',
      JSON.stringify({ pid: process.pid, startedAt: 'long ago' }),
    ]) {
      writeFileSync(join(dataDirectory, 'lock'), lock)
      const collector = await startTestCollector({ dataDirectory })
      await collector.stop()
    }
    rmSync(dataDirectory, { recursive: true, force: true })
  })

  it('works in a deep directory, where a Unix socket would not fit', async () => {
    const root = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
    const collector = await start({ dataDirectory: join(root, 'x'.repeat(60), 'y'.repeat(60)) })
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200)
    await collector.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it('works in a directory with an odd name', async () => {
    const root = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
    const collector = await start({ dataDirectory: join(root, `a, b's "c" 数据 ä`) })
    expect((await fetch(`${collector.url}/readyz`)).status).toBe(200)
    const { key, path } = await createNetwork(collector)
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.batch(LANE.sessions, 1, [[3, sessionFields({ startedAtMs: Date.now() - 1_000 }), null, Date.now(), 1, 0]])
    await socket.acknowledged(LANE.sessions, 1)
    expect((await ask(collector, 'GET', `${path}/sessions`)).body.sessions).toHaveLength(1)
    await collector.stop()
    rmSync(root, { recursive: true, force: true })
  })

  it('counts the sessions of before a restart at once, and closes those whose server never came back', async () => {
    const collector = await start()
    const { dataDirectory } = collector
    const { key, path } = await createNetwork(collector)
    await ask(collector, 'PATCH', path, { body: { resumeWindowMs: 5_000 } })
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.snapshot(0, [])
    const startedAtMs = Date.now()
    socket.batch(LANE.sessions, 1, [[1, sessionFields({ startedAtMs }), [0, 'lobby', startedAtMs]]])
    await socket.acknowledged(LANE.sessions, 1)
    await collector.kill()
    const again = await start({ dataDirectory })
    const live = async () => (await ask(again, 'GET', `${path}/live`)).body
    expect(await live()).toMatchObject({ total: 1, byGamemode: { lobby: 1 } })
    await until(live, ({ total }) => total === 0)
    const listed = await until(
      async () => (await ask(again, 'GET', `${path}/sessions`)).body.sessions,
      ([session]) => session.endedAtMs !== null,
    )
    expect(listed).toMatchObject([{ endReason: 'link_lost', gamemodes: [{ gamemode: 'lobby' }] }])
    expect(listed[0].endedAtMs).toBeGreaterThanOrEqual(startedAtMs)
    expect(listed[0].endedAtMs).toBeLessThan(startedAtMs + 30_000)
  })
})
