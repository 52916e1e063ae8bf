import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, createNetwork, setUpCollector, until } from '@mctrack/collector/testing'
import {
  buildNetwork,
  createCounter,
  openServers,
  planVisits,
  type RunOptions,
  startNetwork,
  type Visit,
} from '@mctrack/sdk/simulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const DAY_MS = 86_400_000

const setUp = setUpCollector()
let directory = ''
const children: ChildProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

/** The command line as a process, without a terminal. */
function startCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: directory,
      TMPDIR: directory,
      MCTRACK_CONFIG_DIR: join(directory, 'config'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return { child, exited, stdout: () => stdout, stderr: () => stderr }
}

function records(text: string): ReadonlyArray<Record<string, unknown>> {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

async function startedNetwork(options: Partial<RunOptions>, signal: AbortSignal) {
  const { networkId, key, path } = await createNetwork(setUp.collector)
  const run = startNetwork(
    {
      number: 0,
      name: 'Test',
      networkId,
      endpoint: setUp.collector.endpoint,
      key,
      async rebuildCcu(range) {
        const answer = await ask(setUp.collector, 'POST', `${path}/ccu/rebuild`, { body: range })
        return answer.body.minutes as number
      },
    },
    {
      network: { seed: 'test', players: 40, backends: 5 },
      pace: { kind: 'speed', factor: 1 },
      historyMs: undefined,
      isLive: true,
      durationMs: undefined,
      ...options,
    },
    { now: Date.now, random: Math.random, signal },
  )
  return { run, networkId, path }
}

async function select<Row>(sql: string, networkId: string): Promise<readonly Row[]> {
  return setUp.databases.clickhouse.select<Row>(sql, { networkId })
}

describe('history', () => {
  it('is stored exactly once, as the model has it, with countries and past CCU', async () => {
    const { run, networkId, path } = await startedNetwork(
      { historyMs: 3 * DAY_MS, isLive: false },
      new AbortController().signal,
    )
    const { history, eventsWaiting, tally } = await run.done
    if (history === null) throw new Error('there is no history')
    const { fromMs, toMs } = history
    const network = buildNetwork({ seed: 'test', number: 0, players: 40, backends: 5, fromMs })
    const expected: Visit[] = []
    for (const visit of planVisits(network)) {
      if (visit.startedAtMs >= toMs) break
      expected.push(visit)
    }

    expect(eventsWaiting).toBe(0)
    expect(tally).toMatchObject({ eventsRefused: 0, eventsDropped: 0, sessions: expected.length })
    expect(tally.eventsAcknowledged).toBe(tally.eventsSent)

    const rows = await select<{ player: string; startedAtMs: number; country: string; domain: string }>(
      `SELECT toString(player_id) AS player, toUnixTimestamp64Milli(started_at) AS startedAtMs, country, domain
       FROM network_sessions WHERE network_id = {networkId:UUID} ORDER BY startedAtMs, player`,
      networkId,
    )
    const inOrder = expected
      .map(({ player, startedAtMs, domain }) => ({
        player: player.uuid,
        startedAtMs,
        country: player.country.code,
        domain,
      }))
      .sort((a, b) => a.startedAtMs - b.startedAtMs || (a.player < b.player ? -1 : 1))
    expect(rows.map((row) => ({ ...row, startedAtMs: Number(row.startedAtMs) }))).toEqual(inOrder)

    const atMs = fromMs + DAY_MS
    const ccu = await ask(setUp.collector, 'GET', `${path}/ccu?fromMs=${atMs}&toMs=${atMs + 60_000}&stepMs=60000`)
    const sampledAtMs = ccu.body.atMs[1] as number
    const online = expected.filter((visit) => visit.startedAtMs <= sampledAtMs && sampledAtMs < visit.endedAtMs)
    expect(ccu.body.series[0].players[1]).toBe(online.length)
  })
})

describe('live', () => {
  it('plays the model as fast as the collector takes it, and loses nothing', async () => {
    const stop = new AbortController()
    const { run, networkId, path } = await startedNetwork(
      { pace: { kind: 'rate', eventsPerSecond: 1_000_000 } },
      stop.signal,
    )
    await until(
      () => run.progress().tally.sessions,
      (sessions) => sessions > 2_000,
    )
    stop.abort()
    const { tally, eventsWaiting } = await run.done

    expect(eventsWaiting).toBe(0)
    expect(tally).toMatchObject({ eventsRefused: 0, eventsDropped: 0, playersOnline: 0 })
    expect(tally.eventsAcknowledged).toBe(tally.eventsSent)
    const [counts] = await select<{ sessions: string; open: string; events: string; stays: string }>(
      `SELECT (SELECT count() FROM network_sessions FINAL WHERE network_id = {networkId:UUID}) AS sessions,
              (SELECT countIf(ended_at IS NULL) FROM network_sessions FINAL WHERE network_id = {networkId:UUID}) AS open,
              (SELECT count() FROM gamemode_sessions FINAL WHERE network_id = {networkId:UUID}) AS stays,
              (SELECT count() FROM events FINAL WHERE network_id = {networkId:UUID}) AS events`,
      networkId,
    )
    // Each session has its start, its end and one stay; each further stay is a switch.
    const { sessions, open, events, stays } = counts ?? { sessions: 0, open: 0, events: 0, stays: 0 }
    expect({ sessions: Number(sessions), open: Number(open) }).toEqual({ sessions: tally.sessions, open: 0 })
    expect(Number(sessions) + Number(stays) + Number(events)).toBe(tally.eventsSent)
    const live = await ask(setUp.collector, 'GET', `${path}/live`)
    expect(live.body.total).toBe(0)
  })

  it('begins with a believable number online, which the API and the simulator agree on', async () => {
    const stop = new AbortController()
    const { run, path } = await startedNetwork({ network: { seed: 'test', players: 400, backends: 8 } }, stop.signal)
    await run.live
    const { total } = await until(
      async () => (await ask(setUp.collector, 'GET', `${path}/live`)).body as { total: number },
      (live) => live.total === run.progress().tally.playersOnline,
    )
    stop.abort()
    await run.done
    expect(total).toBeGreaterThan(20)
    expect(total).toBeLessThan(600)
  })
})

describe('a key that is revoked', () => {
  it.each([
    { name: 'in time', pace: { kind: 'speed', factor: 1 } },
    { name: 'under load', pace: { kind: 'rate', eventsPerSecond: 1_000_000 } },
  ] as const)('ends the simulation $name, with the reason', async ({ pace }) => {
    const { run, path } = await startedNetwork({ pace }, new AbortController().signal)
    await run.live
    const [key] = (await ask(setUp.collector, 'GET', `${path}/keys`)).body as ReadonlyArray<{ id: string }>
    await ask(setUp.collector, 'POST', `${path}/keys/${key?.id}/revoke`)
    await expect(run.done).rejects.toMatchObject({ code: 'KEY_REVOKED' })
  })
})

describe('a server that loses its link', () => {
  it('comes back on its own, and its players were there all the time', async () => {
    const { key, path } = await createNetwork(setUp.collector)
    const network = buildNetwork({ seed: 'test', number: 0, players: 3, backends: 2, fromMs: Date.now() })
    const servers = await openServers(
      { counter: createCounter(), now: Date.now, random: () => 0.1 },
      { network, endpoint: setUp.collector.endpoint, key, hasTroubles: true },
    )
    const total = async (): Promise<number> => (await ask(setUp.collector, 'GET', `${path}/live`)).body.total
    servers.proxy.join({ uuid: '00000000-0000-4000-8000-000000000001', name: 'Somebody' })
    await until(total, (players) => players === 1)

    servers.loseLink(0)
    await until(
      () => servers.proxy.status().link,
      (link) => link !== 'connected',
    )
    expect(await total()).toBe(1)
    await until(
      () => servers.proxy.status().link,
      (link) => link === 'connected',
    )
    expect(await total()).toBe(1)
    expect(await servers.close()).toEqual({ eventsWaiting: 0 })
    const sessions = await ask(setUp.collector, 'GET', `${path}/sessions`)
    expect(sessions.body.sessions).toEqual([expect.objectContaining({ endReason: 'shutdown' })])
  })
})

describe('mctrack simulate', () => {
  const flags = (): readonly string[] => ['--url', setUp.collector.url, '--token', setUp.collector.token, '--json']

  it('makes a network and a key, says what it did, and revokes the key', async () => {
    const command = startCommand(['simulate', '--players', '20', '--history', '1d', '--duration', '500ms', ...flags()])
    expect(await command.exited, command.stderr()).toBe(0)
    const summary = records(command.stdout()).at(-1)
    expect(summary).toMatchObject({
      kind: 'summary',
      seed: 'mctrack',
      networks: [{ name: 'Simulated network', history: { ccuMinutes: expect.any(Number) } }],
      eventsRefused: 0,
      eventsDropped: 0,
      eventsWaiting: 0,
    })
    expect(summary?.['eventsAcknowledged']).toBe(summary?.['eventsSent'])
    const networks = await ask(setUp.collector, 'GET', '/api/v1/networks')
    const made = (networks.body as ReadonlyArray<{ id: string; name: string }>).filter(
      ({ name }) => name === 'Simulated network',
    )
    expect(made).toHaveLength(1)
    const keys = await ask(setUp.collector, 'GET', `/api/v1/networks/${made[0]?.id}/keys`)
    expect(keys.body).toEqual([expect.objectContaining({ name: 'simulator', revokedAtMs: expect.any(Number) })])
  })

  it('ends sessions in order on Ctrl-C', async () => {
    const { networkId, path } = await createNetwork(setUp.collector)
    const command = startCommand(['simulate', '--players', '200', '--network', networkId, ...flags()])
    await until(
      async () => (await ask(setUp.collector, 'GET', `${path}/live`)).body as { total: number },
      ({ total }) => total > 0 || command.child.exitCode !== null,
    )
    expect(command.child.exitCode, command.stderr()).toBeNull()
    command.child.kill('SIGINT')
    expect(await command.exited, command.stderr()).toBe(130)
    expect(records(command.stdout()).at(-1)).toMatchObject({ kind: 'summary', eventsWaiting: 0 })
    const live = await ask(setUp.collector, 'GET', `${path}/live`)
    expect(live.body.total).toBe(0)
    const [counts] = await select<{ open: string }>(
      'SELECT countIf(ended_at IS NULL) AS open FROM network_sessions FINAL WHERE network_id = {networkId:UUID}',
      networkId,
    )
    expect(Number(counts?.open)).toBe(0)
  })

  it.each([
    { args: ['--speed', '2', '--rate', '5'], code: 2, says: '--speed and --rate exclude each other' },
    { args: ['--players', '0'], code: 2, says: 'whole number from 1' },
    { args: ['--history', '200d'], code: 2, says: 'It must be from' },
    { args: ['--key', 'mct_short'], code: 2, says: '--key must be a key' },
    { args: ['--key', `mct_${'a'.repeat(32)}`], code: 4, says: 'KEY_UNKNOWN' },
    { args: ['--network', 'Nowhere'], code: 3, says: 'There is no network' },
  ])('refuses $args', async ({ args, code, says }) => {
    const command = startCommand(['simulate', ...args, ...flags()])
    expect(await command.exited).toBe(code)
    expect(command.stderr()).toContain(says)
  })
})

describe('mctrack demo', () => {
  it('shows simulated players on a collector of its own, and leaves nothing behind', async () => {
    const demo = startCommand(['demo', '--history', '6h', '--players', '40', '--json'], {
      MCTRACK_PORT: '0',
      MCTRACK_METRICS_PORT: '0',
      MCTRACK_SITE_DIR: directory,
    })
    // It starts engines of its own and loads history before it shows a number.
    await until(
      () => ({ stdout: demo.stdout(), stderr: demo.stderr(), exitCode: demo.child.exitCode }),
      ({ stdout, exitCode }) => stdout.includes('"kind":"live"') || exitCode !== null,
      120_000,
    )
    expect(demo.child.exitCode, demo.stderr()).toBeNull()
    const shown = records(demo.stdout())
    const ready = shown.find(({ kind }) => kind === 'ready')
    expect(ready).toMatchObject({ isSimulated: true, url: expect.stringContaining('http://127.0.0.1:') })
    expect(shown.find(({ kind }) => kind === 'live')).toMatchObject({ isSimulated: true, total: expect.any(Number) })
    expect((await fetch(`${ready?.['url']}/readyz`)).status).toBe(200)
    const announcement = readFileSync(join(String(ready?.['dataDirectory']), 'collector.json'), 'utf8')
    const { pid } = JSON.parse(announcement) as { pid: number }

    demo.child.kill('SIGINT')
    expect(await demo.exited, demo.stderr()).toBe(130)
    expect(records(demo.stdout()).at(-1)).toMatchObject({ kind: 'summary', eventsRefused: 0, eventsWaiting: 0 })
    expect(readdirSync(directory)).toEqual([])
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, 180_000)

  it('has no collector but its own', async () => {
    const demo = startCommand(['demo', '--url', setUp.collector.url])
    expect(await demo.exited).toBe(2)
    expect(demo.stderr()).toContain('--url is not for the demo')
  })
})
