import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { decode, FRAME } from '../protocol/index.ts'
import { createTestTransport, type TestTransport } from '../testing.ts'
import { type Client, createClient } from './client.ts'
import type { ClientOptions, ClientStatus, EventMap, PlayerHistory, Problem } from './options.ts'
import type { Transport } from './transport.ts'

const UUID = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const clients: Client[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(clients.splice(0).map((client) => client.close({ timeoutMs: 0 })))
})

function setUp<Events extends EventMap = EventMap>(options: Partial<ClientOptions> = {}) {
  const collector: TestTransport = createTestTransport()
  const problems: Problem[] = []
  const statuses: ClientStatus[] = []
  const client = createClient<Events>({
    key: 'mct_test',
    endpoint: 'ws://collector.test',
    server: { name: 'proxy-1', kind: 'proxy' },
    spool: { directory: false },
    transport: collector.transport,
    onProblem: (problem) => problems.push(problem),
    onStatus: (status) => statuses.push(status),
    ...options,
  })
  clients.push(client as unknown as Client)
  return { client, collector, problems, statuses }
}

/** A transport that keeps the frames which the client sends. */
function recordFrames(transport: Transport): { readonly transport: Transport; readonly frames: unknown[][] } {
  const frames: unknown[][] = []
  return {
    frames,
    transport(handlers) {
      const connection = transport(handlers)
      return {
        close: connection.close,
        send(message) {
          frames.push(decode(message) as unknown[])
          return connection.send(message)
        },
      }
    },
  }
}

const DAY_MS = 86_400_000

/** Does it while the clock of this machine is a day ahead. */
function aDayAhead<Result>(run: () => Result): Result {
  const real = Date.now
  const ahead = vi.spyOn(Date, 'now').mockImplementation(() => real() + DAY_MS)
  try {
    return run()
  } finally {
    ahead.mockRestore()
  }
}

describe('a clock that is wrong before the first contact', () => {
  it('is corrected in what was kept, and in sessions that are open', async () => {
    const { client, collector } = aDayAhead(setUp)
    const session = aDayAhead(() => {
      const joined = client.join({ uuid: UUID, name: 'Notch', backend: 'lobby' })
      joined.track('vote', { site: 'é', weight: 1.5, big: 2 ** 40, note: null })
      return joined
    })
    client.track('timed', {}, { atMs: 5_000 })
    await client.flush()
    session.switchTo('survival')
    session.leave()
    await client.flush()
    const events = collector.received()
    expect(events.map(({ type }) => type)).toEqual(['join', 'track', 'track', 'switch', 'leave'])
    for (const event of events) {
      const isTimed = event.type === 'track' && event.name === 'timed'
      expect(event).toMatchObject({ atMs: isTimed ? 5_000 : expect.closeTo(Date.now(), -4) })
    }
    expect(events[1]).toMatchObject({ properties: { site: 'é', weight: 1.5, big: 2 ** 40, note: null } })
  })

  it('is corrected in what an earlier run left that never had contact', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mctrack-clock-'))
    const first = aDayAhead(() => setUp({ spool: { directory } }))
    first.collector.goOffline()
    aDayAhead(() => first.client.join({ uuid: UUID, name: 'Notch' }))
    await first.client.close({ timeoutMs: 0 })
    const second = aDayAhead(() => setUp({ spool: { directory } }))
    await second.client.flush()
    const received = second.collector.received()
    expect(received.map(({ type }) => type)).toEqual(['join', 'leave'])
    for (const event of received) expect(event).toMatchObject({ atMs: expect.closeTo(Date.now(), -4) })
    rmSync(directory, { recursive: true })
  })

  it('is corrected alike when the next run sends it again, though the clock is right by then', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'mctrack-clock-'))
    const sentBatches: unknown[][] = []
    for (const set of [aDayAhead, <Result>(run: () => Result): Result => run()]) {
      const collector = createTestTransport()
      const { transport, frames } = recordFrames(collector.transport)
      const { client } = set(() => setUp({ spool: { directory }, transport }))
      if (set === aDayAhead) {
        collector.holdAcknowledgements()
        set(() => client.track('vote'))
      }
      await client.close({ timeoutMs: 200 })
      sentBatches.push(frames.filter(([type]) => type === FRAME.batch))
    }
    expect(sentBatches[0]).toHaveLength(1)
    expect(sentBatches[1]).toEqual(sentBatches[0])
    rmSync(directory, { recursive: true })
  })
})

describe('createClient', () => {
  it('reports a stay from join to leave', async () => {
    const { client, collector } = setUp()
    const session = client.join({ uuid: UUID, name: 'Notch', hostname: 'Play.Example.net:25565' })
    session.switchTo('survival')
    session.track('crate_opened', { crate: 'legendary', keys: 3 })
    session.leave({ reason: 'kick' })
    expect(await client.flush()).toEqual({ pendingEvents: 0 })
    expect(collector.received()).toMatchObject([
      { type: 'join', sessionId: session.id, uuid: UUID, name: 'Notch', domain: 'play.example.net' },
      { type: 'switch', sessionId: session.id, backend: 'survival' },
      { type: 'leave', sessionId: session.id, reason: 2 },
      { type: 'track', name: 'crate_opened', properties: { crate: 'legendary', keys: 3 }, uuid: UUID },
    ])
  })

  it('ends open sessions when it is closed and returns what is left', async () => {
    const { client, collector } = setUp()
    client.join({ uuid: UUID, name: 'Notch' })
    expect(await client.close()).toEqual({ pendingEvents: 0 })
    expect(collector.received()).toMatchObject([{ type: 'join' }, { type: 'leave', reason: 6 }])
    expect(client.status().link).toBe('closed')
    expect(await client.close()).toEqual({ pendingEvents: 0 })
  })

  it('closes once, however often it is told to', async () => {
    const { client, collector } = setUp()
    collector.holdAcknowledgements()
    client.join({ uuid: UUID, name: 'Notch' })
    const first = client.close({ timeoutMs: 100 })
    expect(client.close()).toBe(first)
    expect(await first).toEqual({ pendingEvents: 2 })
    expect(await client.flush()).toEqual({ pendingEvents: 2 })
  })

  it('closes within its bound when nothing is acknowledged', async () => {
    const { client, collector } = setUp()
    collector.holdAcknowledgements()
    client.join({ uuid: UUID, name: 'Notch' })
    const startedMs = Date.now()
    expect(await client.close({ timeoutMs: 200 })).toEqual({ pendingEvents: 2 })
    expect(Date.now() - startedMs).toBeLessThan(1_500)
  })

  it('works when the collector is away at the start, and sends everything once it is there', async () => {
    const { client, collector } = setUp()
    collector.goOffline()
    client.join({ uuid: UUID, name: 'Notch' }).switchTo('lobby')
    expect(client.status().pendingEvents).toBe(2)
    collector.goOnline()
    expect(await client.flush()).toEqual({ pendingEvents: 0 })
    expect(collector.received().map(({ type }) => type)).toEqual(['join', 'switch'])
  })

  it('keeps what was not acknowledged through a lost link and repeats nothing that was', async () => {
    const { client, collector } = setUp()
    const session = client.join({ uuid: UUID, name: 'Notch' })
    await client.flush()
    collector.goOffline()
    session.switchTo('a')
    session.switchTo('b')
    collector.goOnline()
    expect(await client.flush()).toEqual({ pendingEvents: 0 })
    expect(collector.received().map(({ type }) => type)).toEqual(['join', 'switch', 'switch'])
  })

  it.each([-3_600_000, 3_600_000])('goes on sending at the right times when the clock is set by %i ms', async (by) => {
    const { client, collector } = setUp()
    const session = client.join({ uuid: UUID, name: 'Notch' })
    await client.flush()
    const real = Date.now
    vi.spyOn(Date, 'now').mockImplementation(() => real() + by)
    session.switchTo('survival')
    session.track('vote')
    expect(await client.flush({ timeoutMs: 2_000 })).toEqual({ pendingEvents: 0 })
    for (const event of collector.received()) expect(event).toMatchObject({ atMs: expect.closeTo(real(), -4) })
    collector.goOffline()
    expect(client.status().retryAtMs).toBeCloseTo(real() + by, -4)
    collector.goOnline()
    client.track('vote')
    expect(await client.flush({ timeoutMs: 2_000 })).toEqual({ pendingEvents: 0 })
  })

  it('says that it was refused, why, and what to do', async () => {
    const { client, collector, statuses } = setUp()
    await client.flush()
    collector.refuse('KEY_REVOKED')
    const status = statuses.at(-1)
    expect(status).toMatchObject({ link: 'refused', code: 'KEY_REVOKED' })
    expect(status?.message).toMatch(/Create a new one/)
    expect(status?.retryAtMs).toBeGreaterThan(Date.now() + 60_000)
  })

  it.each([
    ['a uuid that is none', { uuid: 'notch', name: 'Notch' }, /uuid/],
    ['no name', { uuid: UUID, name: '' }, /name/],
    ['a name that is too long', { uuid: UUID, name: 'x'.repeat(65) }, /name/],
    ['another platform', { uuid: UUID, name: 'Notch', platform: 'console' as never }, /platform/],
    [
      'a protocol version that is no number',
      { uuid: UUID, name: 'Notch', protocolVersion: Number.NaN },
      /protocolVersion/,
    ],
    ['nothing at all', undefined as never, /uuid/],
  ])('refuses a join with %s, says so, and goes on', async (_case, player, message) => {
    const { client, collector, problems } = setUp()
    const session = client.join(player)
    session.switchTo('lobby')
    session.leave()
    await client.flush()
    expect(session.id).toBe('')
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID', message: expect.stringMatching(message) }])
    expect(collector.received()).toEqual([])
  })

  it.each([
    ['a nested object', { a: { b: 1 } as never }],
    ['a list', { a: [1] as never }],
    ['a number that is none', { a: Number.NaN }],
    ['a text that is too long', { a: 'x'.repeat(513) }],
    ['too many', Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`p${i}`, i]))],
    ['an empty name', { '': 1 }],
  ])('refuses properties with %s', async (_case, properties) => {
    const { client, collector, problems } = setUp()
    client.track('event', properties)
    await client.flush()
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID' }])
    expect(collector.received()).toEqual([])
  })

  it('replaces what no text may hold, so that one player cannot end the connection of all', async () => {
    const { client, collector, problems } = setUp()
    const session = client.join({ uuid: UUID, name: 'No\u001btch\ud800', backend: 'lob\u0000by' })
    session.switchTo('sur\u007fvival')
    await client.flush()
    expect(collector.received()).toMatchObject([{ type: 'join', name: 'No?tch\ufffd' }])
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID', message: expect.stringMatching(/control characters/) }])
  })

  it('drops an address that is none and keeps the join', async () => {
    const { client, collector, problems } = setUp()
    client.join({ uuid: UUID, name: 'Notch', address: 'localhost' })
    await client.flush()
    expect(problems).toEqual([])
    expect(collector.received()).toHaveLength(1)
  })

  it('counts time away from the keyboard', async () => {
    const { client, collector } = setUp()
    const session = client.join({ uuid: UUID, name: 'Notch' })
    session.setAway(true)
    session.setAway(true)
    await new Promise((resolve) => setTimeout(resolve, 30))
    session.setAway(false)
    session.leave()
    await client.flush()
    const leave = collector.received().find(({ type }) => type === 'leave')
    expect(leave).toMatchObject({ afkMs: expect.closeTo(30, -2) })
    expect(collector.received().filter(({ type }) => type === 'afk')).toHaveLength(1)
  })

  it('loads history as sessions that are over', async () => {
    const { client, collector } = setUp()
    client.addHistory({
      uuid: UUID,
      name: 'Notch',
      backend: 'lobby',
      startedAtMs: 1_000,
      endedAtMs: 9_000,
      switches: [{ backend: 'survival', atMs: 2_000 }],
    })
    await client.flush()
    expect(collector.received()).toMatchObject([
      { type: 'switch', backend: 'survival', atMs: 2_000 },
      { type: 'leave', atMs: 9_000 },
    ])
  })

  it('loads what happened in a session of the past with it, and past purchases', async () => {
    const { client, collector, problems } = setUp({
      beforeSend: (outgoing) => (outgoing.kind === 'track' && outgoing.name === 'secret' ? null : outgoing),
    })
    const bought = { store: 'tebex', transactionId: 't-1', product: 'VIP', amountMinor: 499, currency: 'EUR' }
    client.addHistory({
      uuid: UUID,
      name: 'Notch',
      startedAtMs: 1_000,
      endedAtMs: 9_000,
      events: [
        { name: 'vote', properties: { site: 'a.example' }, atMs: 2_000 },
        { name: 'secret', atMs: 3_000 },
        { name: '', atMs: 3_000 },
        { name: 'late', atMs: 0.5 },
      ],
      purchases: [
        { ...bought, atMs: 4_000 },
        { ...bought, atMs: -1 },
        { ...bought, currency: 'euro', atMs: 4_000 },
      ],
    })
    await client.flush()
    const leave = collector.received().find(({ type }) => type === 'leave')
    const sessionId = leave !== undefined && 'sessionId' in leave ? leave.sessionId : ''
    expect(collector.received()).toMatchObject([
      { type: 'purchase', sessionId, uuid: UUID, product: 'VIP', amountMinor: 499, atMs: 4_000 },
      { type: 'leave', atMs: 9_000 },
      { type: 'track', sessionId, uuid: UUID, name: 'vote', properties: { site: 'a.example' }, atMs: 2_000 },
    ])
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/name/),
      expect.stringMatching(/atMs/),
      expect.stringMatching(/atMs/),
      expect.stringMatching(/currency/),
    ])
  })

  it('makes the same of history that is loaded again with the ids of before', async () => {
    const id = (last: string) => `019aa000-0000-7000-8000-00000000000${last}`
    const bought = { store: 'tebex', transactionId: 't-1', product: 'VIP', amountMinor: 499, currency: 'EUR' }
    const load = async () => {
      const { transport, frames } = recordFrames(createTestTransport().transport)
      const { client, problems } = setUp({ transport })
      client.addHistory({
        sessionId: id('1'),
        uuid: UUID,
        name: 'Notch',
        startedAtMs: 1_000,
        endedAtMs: 9_000,
        events: [{ eventId: id('2'), name: 'vote', atMs: 2_000 }],
        purchases: [{ ...bought, eventId: id('3'), atMs: 4_000 }],
      })
      await client.flush()
      expect(problems).toEqual([])
      return frames.filter(([type]) => type === FRAME.batch).map((frame) => frame[5])
    }
    const loaded = await load()
    expect(loaded.flat()).toHaveLength(3)
    expect(await load()).toEqual(loaded)
  })

  it.each([
    ['no start', { startedAtMs: undefined as never }, /startedAtMs/],
    ['an end that is no whole number', { endedAtMs: 9_000.5 }, /endedAtMs/],
    ['an end before its start', { endedAtMs: 999 }, /endedAtMs/],
    ['another reason', { reason: 'bored' as never }, /reason/],
    ['a negative time away', { afkMs: -1 }, /afkMs/],
    ['switches that are no list', { switches: null as never }, /switches/],
    ['events that are no list', { events: {} as never }, /events/],
    ['purchases that are no list', { purchases: 'one' as never }, /purchases/],
    ['an id that is no UUID', { sessionId: 'first' }, /sessionId/],
    ['an id that is no text', { sessionId: 5 as never }, /sessionId/],
    ['a switch to nowhere', { switches: [{ backend: '', atMs: 2_000 }] }, /backend/],
    ['a switch at no time', { switches: [{ backend: 'a' } as never] }, /atMs/],
  ])('refuses history with %s, says so, and goes on', async (_case, wrong: Partial<PlayerHistory>, message) => {
    const { client, collector, problems } = setUp()
    client.addHistory({ uuid: UUID, name: 'Notch', startedAtMs: 1_000, endedAtMs: 9_000, ...wrong })
    await client.flush()
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID', message: expect.stringMatching(message) }])
    expect(collector.received()).toEqual([])
  })

  it('leaves out what happened under an id that is no UUID', async () => {
    const { client, collector, problems } = setUp()
    const times = { startedAtMs: 1_000, endedAtMs: 9_000 }
    client.addHistory({ uuid: UUID, name: 'Notch', ...times, events: [{ eventId: '1', name: 'vote', atMs: 2_000 }] })
    await client.flush()
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID', message: expect.stringMatching(/eventId/) }])
    expect(collector.received()).toMatchObject([{ type: 'leave' }])
  })

  it.each([Number.NaN, 1.5, -1, '1' as never])('refuses an event at %j', async (atMs) => {
    const { client, problems } = setUp()
    client.track('vote', {}, { atMs })
    expect(problems).toMatchObject([{ code: 'INPUT_INVALID', message: expect.stringMatching(/atMs/) }])
  })

  it('sends gauges that are out of range as unknown, so that they do not end the connection', async () => {
    const { transport, frames } = recordFrames(createTestTransport().transport)
    const { client } = setUp({ transport })
    await new Promise((resolve) => setTimeout(resolve, 20))
    client.gauges({ players: -1, tps: 19.5, msptMean: Number.NaN, memoryMaxBytes: 2 ** 63, pingMeanMs: -1 })
    client.gauges(undefined as never)
    const gauges = frames.filter(([type]) => type === FRAME.gauges).map((frame) => frame.slice(2, 9))
    expect(gauges).toEqual([
      [null, 19.5, null, null, null, null, null],
      [0, null, null, null, null, null, null],
    ])
  })

  it('cuts what the software calls itself to what a hello may say', async () => {
    const { transport, frames } = recordFrames(createTestTransport().transport)
    setUp({ transport, software: { name: 'Paper\n', version: `é${'1'.repeat(99)}` } })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(frames[0]?.[7]).toEqual(['Paper?', `?${'1'.repeat(63)}`])
  })

  it('lets beforeSend change and drop what is sent', async () => {
    const { client, collector } = setUp({
      beforeSend(outgoing) {
        if (outgoing.kind === 'join') return { ...outgoing, join: { ...outgoing.join, name: 'hidden' } }
        return outgoing.kind === 'track' && outgoing.name === 'secret' ? null : outgoing
      },
    })
    const session = client.join({ uuid: UUID, name: 'Notch' })
    session.track('secret')
    session.track('open')
    await client.flush()
    expect(collector.received()).toMatchObject([
      { type: 'join', name: 'hidden' },
      { type: 'track', name: 'open' },
    ])
  })

  it('drops what beforeSend fails on, since it may exist to hide something', async () => {
    const { client, collector, problems } = setUp({
      beforeSend() {
        throw new Error('boom')
      },
    })
    client.join({ uuid: UUID, name: 'Notch' }).leave()
    client.track('x')
    await client.flush()
    expect(collector.received()).toEqual([])
    expect(problems).toMatchObject([{ code: 'HOOK_FAILED' }, { code: 'HOOK_FAILED' }])
  })

  it('survives hooks that throw', async () => {
    const { client, collector } = setUp({
      onStatus() {
        throw new Error('status')
      },
      onProblem() {
        throw new Error('problem')
      },
    })
    client.track('')
    client.track('fine')
    await client.flush()
    expect(collector.received()).toHaveLength(1)
  })

  it('goes on in memory where no directory can be made, and says so', () => {
    // A process of its own: what tries for ever could not be ended from within.
    const program = `
      import { createClient } from ${JSON.stringify(import.meta.resolve('./client.ts'))}
      import { createTestTransport } from ${JSON.stringify(import.meta.resolve('../testing.ts'))}
      const collector = createTestTransport()
      const client = createClient({ key: 'k', endpoint: 'ws://x', server: { name: 'a', kind: 'proxy' },
        spool: { directory: '/proc/1/x' }, transport: collector.transport,
        onProblem: ({ code }) => console.log(code) })
      client.join({ uuid: '${UUID}', name: 'Notch' })
      const { pendingEvents } = await client.close()
      console.log(collector.received().length, pendingEvents)`
    const output = execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
      { encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL' },
    )
    expect(output.trim().split('\n')).toEqual(['SPOOL_FAILED', '2 0'])
  }, 15_000)

  it('takes nothing after it was closed, and says so', async () => {
    const { client, collector, problems } = setUp()
    await client.close()
    client.track('late')
    expect(client.join({ uuid: UUID, name: 'Notch' }).id).toBe('')
    expect(problems).toMatchObject([{ code: 'CLOSED' }, { code: 'CLOSED' }])
    expect(collector.received()).toEqual([])
  })

  it('does nothing at all when it is disabled', async () => {
    const { client, collector, problems } = setUp({ enabled: false, key: '' })
    client.join({ uuid: UUID, name: 'Notch' }).track('x')
    client.gauges({ tps: 20 })
    expect(await client.flush()).toEqual({ pendingEvents: 0 })
    expect(await client.close()).toEqual({ pendingEvents: 0 })
    expect(collector.received()).toEqual([])
    expect(problems).toEqual([])
  })

  it.each([
    [{ endpoint: 'nowhere' }, /endpoint/],
    [{ endpoint: 'ftp://x' }, /endpoint/],
    [{ key: '' }, /key/],
    [{ key: undefined as never }, /key/],
    [{ key: 'mct_from_a_file\n' }, /key/],
    [{ server: { name: 'a\nb', kind: 'proxy' } as const }, /control characters/],
    [{ server: { name: '', kind: 'proxy' } as const }, /server\.name/],
    [{ server: { name: 'x'.repeat(65), kind: 'proxy' } as const }, /server\.name/],
    [{ server: { name: 'x', kind: 'lobby' as never } }, /server\.kind/],
    [{ server: undefined as never }, /server\.name/],
  ])('throws for options that are a mistake in the program: %j', (options, message) => {
    expect(() => setUp(options)).toThrow(message)
  })

  it('types events by their names', () => {
    interface Events extends EventMap {
      readonly crate_opened: { readonly crate: string; readonly keys: number }
      readonly vote: { readonly site: string }
    }
    const { client } = setUp<Events>()
    expectTypeOf(client.track<'vote'>)
      .parameter(1)
      .toEqualTypeOf<{ readonly site: string } | undefined>()
    // @ts-expect-error: keys must be a number
    client.addHistory({ events: [{ name: 'crate_opened', properties: { crate: 'a', keys: 'b' }, atMs: 1 }] })
    // @ts-expect-error: keys must be a number
    client.track('crate_opened', { crate: 'legendary', keys: 'three' })
  })
})
