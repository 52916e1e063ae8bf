import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpCollector, until } from '@mctrack/collector/testing'
import { type Client, createClient } from '@mctrack/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ran, type RunOptions, runCli } from './support/run-cli.ts'

const UNKNOWN_ID = '019aa000-0000-7000-8000-000000000000'
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a terminal
const ESCAPE = /\u001b/

const test = setUpCollector()
let directory = ''
const clients: Client[] = []
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  rmSync(directory, { recursive: true, force: true })
})

/** Commands as the operator of the collector gives them, with a memory of their own and about one network. */
async function setUp(name: string) {
  const env = { MCTRACK_DATA_DIR: test.collector.dataDirectory, MCTRACK_CONFIG_DIR: join(directory, name) }
  const mctrack = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    runCli(args, { ...options, env: { ...env, ...options.env } })
  const created = await mctrack(['networks', 'create', name, '--json'])
  return { env, mctrack, network: created.json() }
}

/** A server that reports to the network that commands are about. */
async function connect(mctrack: (args: readonly string[]) => Promise<Ran>, server: string): Promise<Client> {
  const { key } = (await mctrack(['keys', 'create', '--json'])).json()
  const { endpoint } = test.collector
  const client = createClient({ key, endpoint, server: { name: server, kind: 'proxy' }, spool: { directory: false } })
  clients.push(client)
  await until(
    () => client.status().link,
    (link) => link === 'connected',
  )
  return client
}

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

describe('networks', () => {
  it('are created with the fields that scripts rely on, and the first one is remembered', async () => {
    const { mctrack, network } = await setUp('First')
    expect(network).toMatchObject({
      id: expect.any(String),
      name: 'First',
      timeZone: 'UTC',
      currency: 'EUR',
      archivedAtMs: null,
    })
    const second = await mctrack(['networks', 'create', 'Second', '--time-zone', 'Europe/Berlin', '--currency', 'usd'])
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Second\n {2}Id +.*\n.*Europe\/Berlin\n.*USD/),
    })
    expect((await mctrack(['networks', 'show', '--json'])).json()).toEqual(network)
    const { stdout } = await mctrack(['networks', 'list'])
    expect(stdout).toMatch(/^\* +First /m)
    expect(stdout).toMatch(/^ +Second /m)
  })

  it('are changed, archived and restored by name', async () => {
    const { mctrack, network } = await setUp('Changing')
    const change = async (...args: readonly string[]) => (await mctrack(['networks', ...args, '--json'])).json()
    expect(await change('rename', 'Changing', 'Changed')).toMatchObject({ id: network.id, name: 'Changed' })
    expect(await change('set', 'changed', '--resume-window', '1m', '--currency', 'gbp')).toMatchObject({
      resumeWindowMs: 60_000,
      currency: 'GBP',
    })
    expect((await change('archive', 'Changed')).archivedAtMs).toEqual(expect.any(Number))
    expect(await mctrack(['networks', 'use', 'Changed'])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining(`networks restore ${network.id}`),
    })
    expect((await mctrack(['networks', 'list'])).stdout).not.toContain('Changed')
    expect((await mctrack(['networks', 'list', '--archived'])).stdout).toContain('Changed')
    expect(await change('restore', 'Changed')).toMatchObject({ archivedAtMs: null })
  })

  it('keep details as long as they are told to, and say from when', async () => {
    const { mctrack } = await setUp('Keeping')
    const set = (...args: readonly string[]) => mctrack(['networks', 'set', ...args])
    expect((await mctrack(['networks', 'show'])).stdout).toMatch(/Details kept +forever$/m)
    const { stdout } = await set('--keep-days', '365')
    expect(stdout).toMatch(/Details kept +365 days, from \d{4}-\d{2}-\d{2} \d{2}:\d{2}/m)
    expect((await set('--keep-days', '400', '--json')).json()).toMatchObject({
      dataRetentionDays: 400,
      dataRetentionFromMs: expect.any(Number),
    })
    expect((await set('--keep-days', 'Forever', '--json')).json()).toMatchObject({
      dataRetentionDays: null,
      dataRetentionFromMs: null,
    })
    for (const wrong of ['29', '3651', '90.5', 'never', '-1', '']) {
      expect(await set('--keep-days', wrong), wrong).toMatchObject({ code: 2, stdout: '' })
    }
  })

  it.each([
    [['--time-zone', 'Mars/Phobos'], 6, '✗ --time-zone must be an IANA time zone such as Europe/Berlin.\n'],
    [['--currency', 'eu'], 6, '✗ --currency must be three capital letters (ISO 4217).\n'],
    [['--network', 'Nowhere'], 3, expect.stringContaining('There is no network "Nowhere"')],
  ])('are not set to %j', async (flags, code, stderr) => {
    const { mctrack } = await setUp('Wrong')
    const args = flags[0] === '--network' ? ['networks', 'show', ...flags] : ['networks', 'set', ...flags]
    expect(await mctrack(args)).toMatchObject({ code, stdout: '', stderr })
  })

  it('are remembered until told otherwise, by flag or environment', async () => {
    const { mctrack, network } = await setUp('Default')
    const other = (await mctrack(['networks', 'create', 'Other default', '--json'])).json()
    const shown = async (args: readonly string[] = [], options: RunOptions = {}) =>
      (await mctrack(['networks', 'show', '--json', ...args], options)).json().id
    expect(await shown()).toBe(network.id)
    expect(await shown([], { env: { MCTRACK_NETWORK: 'Other default' } })).toBe(other.id)
    expect(await shown(['--network', network.id], { env: { MCTRACK_NETWORK: 'Other default' } })).toBe(network.id)
    expect((await mctrack(['networks', 'use', 'other DEFAULT'])).code).toBe(0)
    expect(await shown()).toBe(other.id)
  })
})

describe('keys', () => {
  it('are created with the secret alone on standard output', async () => {
    const { mctrack } = await setUp('Keys')
    const { stdout, stderr } = await mctrack(['keys', 'create'])
    expect(stdout).toMatch(/^mct_[A-Za-z0-9]{32}\n$/)
    expect(stderr).toContain('Created the key servers for Keys.')
    const second = (await mctrack(['keys', 'create', '--json'])).json()
    expect(second).toMatchObject({ id: expect.any(String), key: expect.stringMatching(/^mct_/), name: 'servers-2' })
  })

  it('are renamed, replaced and revoked', async () => {
    const { mctrack } = await setUp('Key ring')
    const { id, key } = (await mctrack(['keys', 'create', 'proxy', '--gamemode', 'survival', '--json'])).json()
    expect((await mctrack(['keys', 'rename', 'proxy', 'proxy-1', '--json'])).json()).toMatchObject({ id })
    const rotated = (await mctrack(['keys', 'rotate', key.slice(-4), '--grace', '1h', '--json'])).json()
    expect(rotated).toMatchObject({ id, key: expect.not.stringContaining(key) })
    expect((await mctrack(['keys', 'list'])).stdout).toMatch(new RegExp(`proxy-1 +mct_…${rotated.lastFour} +survival `))
    expect(await mctrack(['keys', 'revoke', id])).toMatchObject({ code: 0, stdout: '' })
    expect((await mctrack(['keys', 'list', '--json'])).json()).toEqual([])
    expect((await mctrack(['keys', 'list', '--revoked', '--json'])).json()).toHaveLength(1)
    expect(await mctrack(['keys', 'revoke', 'nope'])).toMatchObject({ code: 3 })
  })
})

describe('players', () => {
  it('are seen live, in sessions, by server and by game mode', async () => {
    const { mctrack } = await setUp('Playing')
    const client = await connect(mctrack, 'proxy/1 ä')
    const [first, ...others] = Array.from({ length: 5 }, (_, number) =>
      client.join({ uuid: uuid(number), name: `Player${number}`, hostname: 'Play.Example.NET', protocolVersion: 774 }),
    )
    others[0]?.switchTo('sur vival')
    const live = await until(
      async () => (await mctrack(['live', '--json'])).json(),
      ({ total, byGamemode }) => total === 5 && byGamemode['sur vival'] === 1,
    )
    expect(live).toMatchObject({ total: 5, byServer: { 'proxy/1 ä': 5 }, atMs: expect.any(Number) })
    expect((await mctrack(['live'], { columns: 60, env: { NO_COLOR: '1' } })).stdout).toMatch(/^ {2}5 players online/m)

    first?.leave({ reason: 'kick' })
    const ended = await until(
      async () => (await mctrack(['sessions', 'list', '--ended', '--json'])).json(),
      (list) => list.length === 1,
    )
    expect(ended[0]).toMatchObject({ playerName: 'Player0', endReason: 'kick', domain: 'play.example.net' })
    const page = await mctrack(['sessions', 'list', '--limit', '2', '--json'])
    expect(page.json()).toHaveLength(2)
    const { nextCursor } = JSON.parse(page.stderr)
    const rest = (await mctrack(['sessions', 'list', '--cursor', nextCursor, '--json'])).json()
    expect(new Set([...page.json(), ...rest].map(({ sessionId }) => sessionId)).size).toBe(5)
    expect((await mctrack(['sessions', 'list', '--all', '--json'])).json()).toHaveLength(5)
    expect((await mctrack(['sessions', 'list', '--player', 'yer3', '--from', '1h'])).stdout).toMatch(/ Player3 /)
    expect(await mctrack(['sessions', 'list', '--player', 'Nobody'])).toMatchObject({ code: 0, stdout: '' })
    expect(await mctrack(['sessions', 'list', '--cursor', 'x'])).toMatchObject({ code: 6 })

    expect((await mctrack(['servers', 'list'])).stdout).toMatch(/^proxy\/1 ä +proxy +connected +4 /m)
    expect((await mctrack(['servers', 'show', 'proxy/1 ä', '--json'])).json()).toMatchObject({ players: 4 })
    expect(await mctrack(['servers', 'show', 'proxy'])).toMatchObject({ code: 3 })
    const mapped = await mctrack(['gamemodes', 'map', 'sur vival', 'survival', '--json'])
    expect(mapped.json()).toMatchObject({ backend: 'sur vival', gamemode: 'survival' })
    expect((await mctrack(['gamemodes', 'list'])).stdout).toMatch(/^sur vival +survival +1 /m)
    expect((await mctrack(['live', '--json'])).json().byGamemode).toMatchObject({ survival: 1 })
    expect(await mctrack(['gamemodes', 'map', 'nowhere', 'x'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('gamemodes list'),
    })
  })

  it('are tailed as they come, and the command ends after so many', async () => {
    const { mctrack } = await setUp('Tailed')
    const client = await connect(mctrack, 'proxy-1')
    const tail = mctrack(['tail', '--type', 'join,kill', '-n', '3', '--json'])
    let number = 0
    const timer = setInterval(() => {
      number += 1
      const session = client.join({ uuid: uuid(number), name: `Player${number}` })
      session.track('kill', { mob: 'zombie\u009b' })
      session.leave({ reason: 'quit' })
    }, 100)
    const { code, stdout } = await tail.finally(() => clearInterval(timer))
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(events).toHaveLength(3)
    expect(events.every(({ type }) => type === 'session_start' || type === 'kill')).toBe(true)
    expect(events.every(({ playerName }) => /^Player/.test(playerName))).toBe(true)
    expect(stdout).not.toContain('\u009b')
  })

  it('cannot steer the terminal with their names', async () => {
    const { mctrack } = await setUp('Steering')
    const client = await connect(mctrack, 'proxy-1')
    client.join({ uuid: uuid(1), name: '\u009b2J\u202eevil' })
    client.join({ uuid: uuid(2), name: '\u001b[2J', device: '\u0007', clientVersion: '\u001bc', backend: '\u0000' })
    await until(
      async () => (await mctrack(['live', '--json'])).json().total,
      (total) => total === 2,
    )
    const { stdout } = await until(
      () => mctrack(['sessions', 'list'], { columns: 200, env: { NO_COLOR: '1' } }),
      ({ stdout }) => stdout.includes('evil'),
    )
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
    const sessions = (await mctrack(['sessions', 'list', '--player', 'evil', '--json'])).json()
    expect(sessions).toMatchObject([{ playerName: '\u009b2J\u202eevil' }])
  })
})

describe('the audit log', () => {
  it('is shown of one network or of all, by action and since when', async () => {
    const { mctrack, network, env } = await setUp('Audited')
    await mctrack(['networks', 'rename', 'Audited', 'Audited anew'])
    await mctrack(['keys', 'create', 'proxy'])
    const named = ['--network', network.id]
    const entries = (await mctrack(['audit', ...named, '--json'])).json()
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'key.created',
      'network.changed',
      'network.created',
    ])
    expect(entries[1]).toMatchObject({
      actor: { kind: 'operator', id: null, name: null },
      networkId: network.id,
      before: { name: 'Audited' },
      after: { name: 'Audited anew' },
      address: '127.0.0.0/24',
      failure: null,
    })
    const table = await mctrack(['audit', ...named])
    expect(table.stdout).toMatch(/ operator +127\.0\.0\.0\/24 +network\.changed +name: Audited → Audited anew/)
    expect(table.stderr).toBe('3 entries; times in UTC.\n')

    const one = await mctrack(['audit', ...named, '--limit', '1', '--json'])
    const { nextCursor } = JSON.parse(one.stderr)
    expect((await mctrack(['audit', ...named, '--cursor', nextCursor, '--json'])).json()).toEqual(entries.slice(1))
    expect((await mctrack(['audit', ...named, '--action', 'key.created', '--json'])).json()).toEqual([entries[0]])
    expect((await mctrack(['audit', ...named, '--since', '1h', '--json'])).json()).toEqual(entries)
    expect(await mctrack(['audit', ...named, '--since', '2999-01-01'])).toMatchObject({ code: 0, stdout: '' })
    expect(await mctrack(['audit', '--since', 'yesterday'])).toMatchObject({ code: 2 })
    expect(await mctrack(['audit', '--action', 'nothing'])).toMatchObject({ code: 2 })

    const other = (await mctrack(['networks', 'create', 'Audited too', '--json'])).json()
    const all = await mctrack(['audit', '--limit', '500'])
    expect(all.stdout).toMatch(/network\.created +Audited too +name: Audited too/)
    expect(all.stdout).toMatch(/network\.changed +Audited anew /)
    const { stdout } = await mctrack(['audit', '--json'], { env: { ...env, MCTRACK_NETWORK: 'Audited too' } })
    expect(JSON.parse(stdout).map(({ networkId }: { networkId: string }) => networkId)).toEqual([other.id])

    await mctrack(['networks', 'archive', 'Audited anew'])
    expect((await mctrack(['audit', '--network', 'Audited anew'])).stdout).toMatch(
      /network\.archived +archived: none → \d/,
    )
    expect(await mctrack(['audit', '--network', 'Nowhere'])).toMatchObject({ code: 3 })
  })
})

describe('what is refused', () => {
  it('is told by ingest health, listed, replayed and discarded', async () => {
    const { mctrack } = await setUp('Refused')
    const client = await connect(mctrack, 'proxy-1')
    for (let number = 0; number < 6; number += 1) client.track('early', { number }, { atMs: Date.now() + 86_400_000 })
    const letters = await until(
      async () => (await mctrack(['dead-letters', 'list', '--json'])).json(),
      (list) => list.length === 6,
    )
    const [first, second] = letters.map(({ id }: { id: string }) => id)
    expect((await mctrack(['dead-letters', 'list', '--code', 'event-too-old', '--json'])).json()).toEqual([])
    const health = await mctrack(['ingest', 'health'])
    expect(health.stdout).toMatch(/^ +6 +EVENT_IN_FUTURE +The event lies in the future/m)
    expect((await mctrack(['ingest', 'health', '--json'])).json().refused).toMatchObject([{ events: 6 }])

    expect(await mctrack(['dead-letters', 'discard', first])).toMatchObject({
      code: 0,
      stderr: '✓ Discarded 1 dead letter.\n',
    })
    await until(
      async () => (await mctrack(['dead-letters', 'list', '--json'])).json(),
      (list) => list.length === 5,
    )
    const again = await mctrack(['dead-letters', 'replay', first, second, UNKNOWN_ID, '--json'])
    expect(again.json()).toMatchObject({ replayed: [second], failed: [{ id: first }, { id: UNKNOWN_ID }] })
    expect(again.code).toBe(6)
    expect(await mctrack(['dead-letters', 'discard', UNKNOWN_ID])).toMatchObject({ code: 3 })
    await until(
      async () => (await mctrack(['dead-letters', 'list', '--json'])).json(),
      (list) => list.length === 4,
    )
    const rest = await mctrack(['dead-letters', 'discard', '--all', '--code', 'EVENT_IN_FUTURE', '--json'])
    expect(rest.json().discarded.sort()).toEqual(
      letters
        .map(({ id }: { id: string }) => id)
        .slice(2)
        .sort(),
    )
    const kept = await until(
      async () => (await mctrack(['dead-letters', 'list', '--json'])).json(),
      (list) => list.length === 0,
    )
    expect(kept).toEqual([])
  })
})

describe('a collector', () => {
  it('that works is told so by status and doctor', async () => {
    const { mctrack } = await setUp('Healthy')
    const status = await mctrack(['status', '--json'])
    expect(status.json()).toMatchObject({ ready: true, url: test.collector.url, about: { version: '0.1.0' } })
    expect((await mctrack(['status'])).stdout).toMatch(/works\n {2}Version +0\.1\.0\n/)
    const doctor = await mctrack(['doctor', '--json'])
    const { ok, findings } = doctor.json()
    expect(findings.filter(({ result }: { result: string }) => result === 'fail')).toEqual([])
    expect([doctor.code, ok]).toEqual([0, true])
    const names = findings.map(({ name }: { name: string }) => name)
    for (const name of ['node', 'data-directory', 'disk', 'token', 'clock', 'metrics', 'key', 'storage']) {
      expect(names).toContain(name)
    }
  })

  it('on another machine is reached by address and token, and nothing of this one is sent', async () => {
    const { mctrack } = await setUp('Remote')
    const { url, token } = test.collector
    const env = { MCTRACK_DATA_DIR: join(directory, 'nothing') }
    expect((await mctrack(['networks', 'list', '--url', url, '--token', token], { env })).code).toBe(0)
    expect((await mctrack(['status'], { env: { ...env, MCTRACK_URL: url, MCTRACK_TOKEN: token } })).code).toBe(0)
    expect(await mctrack(['networks', 'list', '--url', url], { env })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('No token is known'),
    })
    const wrong = await mctrack(['live', '--url', url, '--token', 'wrong', '--json'], { env })
    expect(wrong.code).toBe(4)
    expect(JSON.parse(wrong.stderr).error.code).toBe('TOKEN_UNKNOWN')
    const doctor = await mctrack(['doctor', '--token', 'wrong'])
    expect(doctor).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^FAIL {2}The token from --token is not valid/m),
    })
  })

  it('that is none is told from one', async () => {
    const { mctrack } = await setUp('None')
    const metrics = new URL(test.collector.metricsUrl).origin
    expect(await mctrack(['status', '--url', metrics])).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('no MCTrack collector'),
    })
    expect(await mctrack(['live', '--url', `${test.collector.url}/elsewhere`])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Check the address'),
    })
  })
})

it('completes the names that the collector knows', async () => {
  const { mctrack } = await setUp('Completed by name')
  const { stdout } = await mctrack(['__complete', 'networks', 'show', 'completed'])
  expect(stdout).toBe('Completed by name\t\n')
  expect((await mctrack(['__complete', 'live', '--network', 'completed'])).stdout).toBe('Completed by name\t\n')
})

it('colours tables on a terminal alone, and fits them to it', async () => {
  const { mctrack } = await setUp('Coloured')
  const wide = await mctrack(['networks', 'list'], { columns: 120 })
  expect(wide.stdout).toMatch(ESCAPE)
  const { stdout } = await mctrack(['networks', 'list', '--no-color'], { columns: 40 })
  expect(stdout).not.toMatch(ESCAPE)
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40)
})
