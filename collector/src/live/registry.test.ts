import type { ServerKind } from '@mctrack/sdk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIMENSIONS } from './counts.ts'
import { createRegistry, type Instance, type OpenDetails } from './registry.ts'
import { keyOf } from './session.ts'

const NETWORK = 'network'
const T0 = 1_763_680_000_000
const WINDOW_MS = 30_000
const LEASE_MS = 300_000

function id(number: number): Uint8Array {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(0, number)
  return bytes
}

interface PlayerOptions {
  readonly startedAtMs?: number
  readonly backend?: string
  readonly gamemode?: string
  readonly country?: string
}

/** An open session of a player; `session` tells several of one player apart. */
function details(player: number, session = player, options: PlayerOptions = {}): OpenDetails {
  const { startedAtMs = T0, backend = '', gamemode = backend, country = 'DE' } = options
  const sessionId = id(1_000_000 + session)
  const playerId = id(player)
  return {
    record: {
      key: keyOf(sessionId),
      sessionId,
      playerKey: keyOf(playerId),
      playerId,
      playerName: `Player${player}`,
      startedAtMs,
      domain: 'play.example.net',
      platform: 'java',
      device: '',
      country,
      protocolVersion: 774,
      clientVersion: '1.21.11',
    },
    stay: backend === '' ? null : { ordinal: 0, backend, startedAtMs },
    gamemode,
  }
}

function setUp() {
  const closed: Array<{ name: string; endedAtMs: number; reason: string; isSecondary: boolean }> = []
  const reopened: string[] = []
  const ended: string[] = []
  const registry = createRegistry({
    onClosed: ({ playerName: name }, endedAtMs, reason, isSecondary) =>
      closed.push({ name, endedAtMs, reason, isSecondary }),
    onReopened: ({ playerName }) => reopened.push(playerName),
    onInstanceEnded: ({ key }) => ended.push(key),
    onChanged: () => undefined,
  })
  const identify = (key: string, serverName = 'proxy-1', serverKind: ServerKind = 'proxy', startedAtMs = T0) => ({
    key,
    networkId: NETWORK,
    serverName,
    serverKind,
    startedAtMs,
  })
  const link = (key: string, serverName?: string, serverKind?: ServerKind, startedAtMs?: number): Instance =>
    registry.link(identify(key, serverName, serverKind, startedAtMs), T0).instance
  const { presence } = registry.network(NETWORK)
  const by = (dimension: (typeof DIMENSIONS)[number]) => Object.fromEntries(presence.counts.by(dimension))
  return { registry, presence, counts: presence.counts, by, link, identify, closed, reopened, ended }
}

describe('who is online', () => {
  it('counts a player from open to remove', () => {
    const { registry, counts, by, link } = setUp()
    const session = registry.open(link('a'), details(1), T0)
    expect(counts.total()).toBe(1)
    expect(by('country')).toEqual({ DE: 1 })
    registry.remove(session, T0)
    expect(counts.total()).toBe(0)
    expect(by('country')).toEqual({})
  })

  it('follows a switch', () => {
    const { registry, by, link } = setUp()
    const session = registry.open(link('a'), details(1), T0)
    registry.switchStay(session, { ordinal: 0, backend: 'survival-2', startedAtMs: T0 }, 'survival', T0)
    expect(by('gamemode')).toEqual({ survival: 1 })
  })

  it('takes the same session once, and removes it once', () => {
    const { registry, counts, link } = setUp()
    const instance = link('a')
    const session = registry.open(instance, details(1), T0)
    registry.open(instance, details(1), T0)
    expect(counts.total()).toBe(1)
    registry.remove(session, T0)
    registry.remove(session, T0)
    expect(counts.total()).toBe(0)
  })

  it('keeps the peak since it was last reset', () => {
    const { registry, counts, link } = setUp()
    const instance = link('a')
    const sessions = [1, 2, 3].map((player) => registry.open(instance, details(player), T0))
    for (const session of sessions) registry.remove(session, T0)
    registry.open(instance, details(4), T0)
    expect(counts.peak()).toBe(3)
    expect(counts.peakOf('country', 'DE')).toBe(3)
    counts.resetPeaks()
    expect(counts.peak()).toBe(1)
  })
})

describe('one player with two sessions', () => {
  it('is counted once, at the proxy, with the game mode that the backend knows', () => {
    const { registry, presence, counts, by, link } = setUp()
    const backend = registry.open(link('b', 'survival-1', 'backend'), details(1, 2, { backend: 'survival-1' }), T0)
    const proxy = registry.open(link('a'), details(1), T0)
    expect(counts.total()).toBe(1)
    expect(by('server')).toEqual({ 'proxy-1': 1 })
    expect(by('gamemode')).toEqual({ 'survival-1': 1 })
    expect(presence.isSecondary(backend, T0)).toBe(true)
    expect(presence.isSecondary(proxy, T0)).toBe(false)
  })

  it('stays secondary for a moment after the proxy said that the player left', () => {
    const { registry, presence, counts, link } = setUp()
    const proxy = registry.open(link('a'), details(1), T0)
    const backend = registry.open(link('b', 'survival-1', 'backend'), details(1, 2, { backend: 'survival-1' }), T0)
    registry.remove(proxy, T0 + 1_000)
    expect(presence.isSecondary(backend, T0 + 1_050)).toBe(true)
    expect(presence.isSecondary(backend, T0 + 60_000)).toBe(false)
    expect(counts.total()).toBe(1)
    registry.remove(backend, T0 + 1_050)
    expect(counts.total()).toBe(0)
  })

  it('of two backends is where the player joined last', () => {
    const { registry, by, link } = setUp()
    const later = details(1, 2, { startedAtMs: T0 + 5_000, backend: 'b' })
    registry.open(link('b', 'b', 'backend'), later, T0)
    registry.open(link('a', 'a', 'backend'), details(1, 1, { backend: 'a' }), T0)
    expect(by('server')).toEqual({ b: 1 })
  })
})

describe('a lost link', () => {
  it('is not leaving: sessions count through the resume window, and go on when the instance is back', () => {
    const { registry, counts, link, closed } = setUp()
    const instance = link('a')
    registry.open(instance, details(1), T0)
    registry.unlink(instance, T0 + 1_000, WINDOW_MS)
    registry.expire(T0 + 1_000 + WINDOW_MS - 1, LEASE_MS)
    expect(counts.total()).toBe(1)
    const { resumed } = registry.link({ ...instance }, T0 + 20_000)
    expect(resumed).toBe(true)
    registry.reconcile(instance, [details(1)], T0 + 20_000, false)
    registry.expire(T0 + 120_000, LEASE_MS)
    expect(counts.total()).toBe(1)
    expect(closed).toEqual([])
  })

  it('closes what never came back, at the time last seen', () => {
    const { registry, counts, link, closed, ended } = setUp()
    const instance = link('a')
    registry.open(instance, details(1), T0)
    instance.lastSeenAtMs = T0 + 5_000
    registry.unlink(instance, T0 + 9_000, WINDOW_MS)
    registry.expire(T0 + 9_000 + WINDOW_MS, LEASE_MS)
    expect(counts.total()).toBe(0)
    expect(closed).toEqual([{ name: 'Player1', endedAtMs: T0 + 5_000, reason: 'link_lost', isSecondary: false }])
    expect(ended).toEqual(['a'])
  })

  it('closes what the server no longer names when it is back', () => {
    const { registry, counts, link, closed } = setUp()
    const instance = link('a')
    registry.open(instance, details(1), T0)
    registry.open(instance, details(2), T0)
    registry.reconcile(instance, [details(2), details(3)], T0 + 1_000, false)
    expect(counts.total()).toBe(2)
    expect(closed).toMatchObject([{ name: 'Player1', reason: 'link_lost' }])
  })

  it('reopens what may have been closed when an unknown instance names it', () => {
    const { registry, link, reopened } = setUp()
    registry.reconcile(link('a'), [details(1)], T0, true)
    expect(reopened).toEqual(['Player1'])
  })

  it('ends the boot before when the server has started again', () => {
    const { registry, counts, link, closed } = setUp()
    const first = link('a')
    registry.open(first, details(1), T0)
    registry.unlink(first, T0 + 1_000, WINDOW_MS)
    link('b', 'proxy-1', 'proxy', T0 + 5_000)
    expect(counts.total()).toBe(0)
    expect(closed).toMatchObject([{ reason: 'crash' }])
  })

  it('ends the boot before also when its link is found dead after the next one came', () => {
    const { registry, counts, link, closed } = setUp()
    const first = link('a')
    registry.open(first, details(1), T0)
    link('b', 'proxy-1', 'proxy', T0 + 5_000)
    expect(counts.total()).toBe(1)
    registry.unlink(first, T0 + 30_000, WINDOW_MS)
    expect(counts.total()).toBe(0)
    expect(closed).toMatchObject([{ reason: 'crash', endedAtMs: T0 }])
  })

  it('leaves a sibling of the same name alone', () => {
    const { registry, counts, link, closed } = setUp()
    const first = link('a', 'proxy-1', 'proxy', T0 - 60_000)
    registry.open(first, details(1), T0)
    registry.unlink(first, T0, WINDOW_MS)
    link('b', 'proxy-1', 'proxy', T0 - 50_000)
    expect(counts.total()).toBe(1)
    expect(closed).toEqual([])
  })
})

describe('a lease', () => {
  it('is renewed by any mention and ends at the last one', () => {
    const { registry, counts, identify, closed } = setUp()
    const instance = registry.lease(identify('http', 'web', 'backend', 0), T0)
    const session = registry.open(instance, details(1), T0)
    session.lastSeenAtMs = T0 + 200_000
    registry.expire(T0 + LEASE_MS + 100_000, LEASE_MS)
    expect(counts.total()).toBe(1)
    registry.expire(T0 + 200_000 + LEASE_MS, LEASE_MS)
    expect(counts.total()).toBe(0)
    expect(closed).toMatchObject([{ endedAtMs: T0 + 200_000, reason: 'link_lost' }])
  })

  it('is given time again after a restart', () => {
    const { registry, counts, identify } = setUp()
    registry.restore(
      identify('http', 'web', 'backend', 0),
      [{ ...details(1), lastSeenAtMs: T0 - 600_000 }],
      { state: 'leased', lastSeenAtMs: T0 - 600_000, expiresAtMs: T0 + LEASE_MS },
      T0,
    )
    registry.expire(T0 + LEASE_MS - 1, LEASE_MS)
    expect(counts.total()).toBe(1)
    registry.expire(T0 + LEASE_MS, LEASE_MS)
    expect(counts.total()).toBe(0)
  })
})

describe('taking over after a restart', () => {
  const earlier = (player: number): OpenDetails => ({
    ...details(player, player, { startedAtMs: T0 - 60_000 }),
    lastSeenAtMs: T0 - 5_000,
  })
  const until = { state: 'resuming', lastSeenAtMs: T0 - 5_000, expiresAtMs: T0 + WINDOW_MS } as const

  it('counts what was open at once, and goes on when the instance is back', () => {
    const { registry, counts, link, identify, closed } = setUp()
    registry.restore(identify('a'), [earlier(1), earlier(2)], until, T0)
    expect(counts.total()).toBe(2)
    registry.reconcile(link('a'), [earlier(1)], T0 + 1_000, false)
    registry.expire(T0 + 120_000, LEASE_MS)
    expect(counts.total()).toBe(1)
    expect(closed).toMatchObject([{ name: 'Player2', endedAtMs: T0 - 5_000 }])
  })

  it('does not disturb an instance that was faster', () => {
    const { registry, counts, link, identify } = setUp()
    registry.reconcile(link('a'), [details(1)], T0, true)
    registry.restore(identify('a'), [details(1), details(2)], until, T0)
    expect(counts.total()).toBe(1)
  })

  it('ends at once what a later boot has replaced', () => {
    const { registry, counts, link, identify, closed } = setUp()
    link('b', 'proxy-1', 'proxy', T0)
    registry.restore(identify('a'), [earlier(1)], until, T0)
    expect(counts.total()).toBe(0)
    expect(closed).toMatchObject([{ reason: 'crash', endedAtMs: T0 - 5_000 }])
  })
})

it('has breakdowns that add up to the total, and a total that is the number of players, whatever happens', () => {
  const action = fc.record({
    kind: fc.constantFrom('open', 'remove', 'switch', 'unlink', 'link', 'expire'),
    instance: fc.nat(2),
    player: fc.nat(5),
    session: fc.nat(8),
    gamemode: fc.constantFrom('lobby', 'survival', ''),
  })
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const { registry, counts, link, identify } = setUp()
      let nowMs = T0
      for (const { kind, instance: number, player, session, gamemode } of actions) {
        nowMs += 5_000
        const isProxy = number === 0
        const identity = identify(`i${number}`, `server-${number}`, isProxy ? 'proxy' : 'backend')
        const instance =
          registry.network(NETWORK).instances.get(identity.key) ??
          link(identity.key, identity.serverName, identity.serverKind)
        // A session belongs to one player for ever.
        const open = details((session + player) % 6, session * 10 + ((session + player) % 6), { gamemode })
        const known = registry.find(NETWORK, open.record.key)
        if (kind === 'open') registry.open(instance, open, nowMs)
        else if (kind === 'remove' && known !== undefined) registry.remove(known, nowMs)
        else if (kind === 'switch' && known !== undefined) {
          registry.switchStay(known, { ordinal: 1, backend: gamemode, startedAtMs: nowMs }, gamemode, nowMs)
        } else if (kind === 'unlink') registry.unlink(instance, nowMs, WINDOW_MS)
        else if (kind === 'link') registry.link(identity, nowMs)
        else registry.expire(nowMs, LEASE_MS)

        const sessions = Array.from(registry.network(NETWORK).sessions.values())
        expect(counts.total()).toBe(new Set(sessions.map(({ playerKey }) => playerKey)).size)
        for (const dimension of DIMENSIONS) {
          const sum = Array.from(counts.by(dimension).values()).reduce((a, b) => a + b, 0)
          expect(sum).toBe(counts.total())
        }
      }
    }),
    { numRuns: 300 },
  )
})
