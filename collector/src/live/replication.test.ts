import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHub, createMemorySharedState, type MemoryHub } from '../platform/shared-state/memory.ts'
import { createRegistry, type OpenDetails, type Registry } from './registry.ts'
import { createReplication, type Replication } from './replication.ts'
import { keyOf } from './session.ts'

const NETWORK = '019aa000-0000-7000-8000-000000000000'
const T0 = 1_763_680_000_000
let hub: MemoryHub
let nowMs = T0

function details(player: number): OpenDetails {
  const sessionId = new Uint8Array(16).fill(100 + player)
  const playerId = new Uint8Array(16).fill(player)
  return {
    record: {
      key: keyOf(sessionId),
      sessionId,
      playerKey: keyOf(playerId),
      playerId,
      playerName: `Player${player}`,
      startedAtMs: T0,
      domain: '',
      platform: 'java',
      device: '',
      country: 'DE',
      protocolVersion: 0,
      clientVersion: '',
    },
    stay: { ordinal: 0, backend: 'lobby', startedAtMs: T0 },
    gamemode: 'lobby',
  }
}

interface Collector {
  readonly registry: Registry
  readonly replication: Replication
  readonly closed: string[]
  total(): number
}

function start(processId: string): Collector {
  const closed: string[] = []
  const registry: Registry = createRegistry({
    onClosed: ({ playerName }) => closed.push(playerName),
    onReopened: () => undefined,
    onInstanceEnded: () => undefined,
    onChanged: () => undefined,
    onOwnChange: (change) => replication.tell(change),
  })
  const sharedState = createMemorySharedState({ processId, now: () => nowMs, hub })
  const replication = createReplication({ processId, sharedState, registry, now: () => nowMs })
  replication.start()
  return { registry, replication, closed, total: () => registry.network(NETWORK).presence.counts.total() }
}

function identity(key: string) {
  return {
    key: key.repeat(16),
    networkId: NETWORK,
    serverName: `server-${key}`,
    serverKind: 'proxy',
    startedAtMs: T0,
  } as const
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(100)
}

function setUp(): { readonly a: Collector; readonly b: Collector } {
  vi.useFakeTimers()
  hub = createMemoryHub()
  nowMs = T0
  return { a: start('a'), b: start('b') }
}

afterEach(() => vi.useRealTimers())

describe('two collectors', () => {
  it('each know the players of both', async () => {
    const { a, b } = setUp()
    const first = a.registry.link(identity('x'), T0).instance
    const session = a.registry.open(first, details(1), T0)
    b.registry.open(b.registry.link(identity('y'), T0).instance, details(2), T0)
    await settle()
    expect([a.total(), b.total()]).toEqual([2, 2])
    a.registry.switchStay(session, { ordinal: 1, backend: 'survival', startedAtMs: T0 }, 'survival', T0)
    await settle()
    expect(Object.fromEntries(b.registry.network(NETWORK).presence.counts.by('gamemode'))).toEqual({
      survival: 1,
      lobby: 1,
    })
    a.registry.remove(session, T0)
    await settle()
    expect([a.total(), b.total()]).toEqual([1, 1])
  })

  it('count a player once who is on servers of both', async () => {
    const { a, b } = setUp()
    a.registry.open(a.registry.link(identity('x'), T0).instance, details(1), T0)
    const other = details(1)
    const sessionId = new Uint8Array(16).fill(99)
    b.registry.open(
      b.registry.link(identity('y'), T0).instance,
      { ...other, record: { ...other.record, key: keyOf(sessionId), sessionId } },
      T0,
    )
    await settle()
    expect([a.total(), b.total()]).toEqual([1, 1])
  })

  it('tell everything to one that starts later', async () => {
    const { a } = setUp()
    a.registry.open(a.registry.link(identity('x'), T0).instance, details(1), T0)
    await a.replication.beat()
    await settle()
    const late = start('late')
    await late.replication.beat()
    await settle()
    expect(late.total()).toBe(1)
  })

  it('find out that news was missed, and ask for everything', async () => {
    const { a, b } = setUp()
    const instance = a.registry.link(identity('x'), T0).instance
    await settle()
    const listeners = hub.news.listeners('presence')
    hub.news.removeAllListeners('presence')
    a.registry.open(instance, details(1), T0)
    await settle()
    for (const listener of listeners) hub.news.on('presence', listener as () => void)
    expect(b.total()).toBe(0)
    a.registry.open(instance, details(2), T0)
    await settle()
    expect(b.total()).toBe(2)
  })

  it.each(['before', 'after'])(
    'agree on who holds a server that moves, though its lost link is told %s its new one',
    async (order) => {
      const { a, b } = setUp()
      const c = start('c')
      const before = a.registry.link(identity('x'), T0).instance
      a.registry.open(before, details(1), T0)
      await settle()
      const lose = (): void => a.registry.unlink(before, T0, 30_000)
      if (order === 'before') lose()
      const { instance } = b.registry.link(identity('x'), T0)
      if (order === 'after') lose()
      b.registry.reconcile(instance, [details(1)], T0, false)
      const [session] = instance.sessions.values()
      await settle()
      expect([a, b, c].map(({ registry }) => registry.network(NETWORK).instances.get(before.key)?.owner)).toEqual([
        'b',
        null,
        'b',
      ])
      if (session !== undefined) b.registry.remove(session, T0)
      await settle()
      expect([a.total(), b.total(), c.total()]).toEqual([0, 0, 0])
    },
  )

  it('never close in the name of the other: a server that moves keeps its sessions', async () => {
    const { a, b } = setUp()
    const before = a.registry.link(identity('x'), T0).instance
    a.registry.open(before, details(1), T0)
    await settle()
    a.registry.unlink(before, T0, 30_000)
    const { instance, resumed } = b.registry.link(identity('x'), T0 + 1_000)
    expect(resumed).toBe(true)
    b.registry.reconcile(instance, [details(1)], T0 + 1_000, false)
    await settle()
    a.registry.expire(T0 + 60_000, 300_000)
    b.registry.expire(T0 + 60_000, 300_000)
    expect([a.total(), b.total()]).toEqual([1, 1])
    expect([a.closed, b.closed]).toEqual([[], []])
  })

  it('forget the players of one that died, without closing their sessions', async () => {
    const { a, b } = setUp()
    a.registry.open(a.registry.link(identity('x'), T0).instance, details(1), T0)
    await a.replication.beat()
    await b.replication.beat()
    await settle()
    expect(b.total()).toBe(1)
    nowMs += 13_000
    await b.replication.beat()
    expect(b.total()).toBe(0)
    expect(b.closed).toEqual([])
  })
})
