import { describe, expect, it } from 'vitest'
import type { ApiKey } from '../keys/index.ts'
import type { Network } from '../networks/index.ts'
import { createLog } from '../platform/log.ts'
import { createDemoRunner } from './demo-runner.ts'
import type { DemoProgress } from './demo-state.ts'
import type { StoredDemo } from './demo-store.ts'
import type { Simulation, SimulationFailure, SimulationOptions } from './simulation.ts'

const ID = '019aa000-0000-7000-8000-000000000000'
const DAY_MS = 86_400_000
const network: Network = {
  id: ID,
  name: 'Demo network',
  timeZone: 'UTC',
  currency: 'EUR',
  resumeWindowMs: 30_000,
  createdAtMs: 1,
  archivedAtMs: null,
  deleteAtMs: null,
  dataRetentionDays: null,
  dataRetentionFromMs: null,
  dataRemovedBeforeMs: null,
  isDemo: true,
}
const key: ApiKey = {
  id: 'key',
  networkId: ID,
  name: 'demo',
  gamemode: null,
  createdAtMs: 0,
  revokedAtMs: null,
  lastUsedAtMs: null,
  lastFour: 'abcd',
}

interface FakeSimulation extends Simulation {
  readonly options: SimulationOptions
  now: DemoProgress | undefined
  failed: SimulationFailure | undefined
  isStopped: boolean
}

function setUp(stored: Partial<StoredDemo> = {}) {
  const world = {
    networks: [network] as Network[],
    demo: {
      networkId: ID,
      phase: 'starting',
      days: 3,
      historyShare: 0,
      sessions: 0,
      events: 0,
      failure: null,
      loadedAtMs: null,
      ...stored,
    } as StoredDemo,
    keys: [] as ApiKey[],
    simulations: [] as FakeSimulation[],
    removals: 0,
    isHeld: true,
    nowMs: 1_000,
  }
  const runner = createDemoRunner({
    store: {
      load: async () => world.demo,
      save: async (demo) => {
        world.demo = { ...world.demo, ...demo }
      },
    },
    networks: { list: () => world.networks, get: (id) => world.networks.find((known) => known.id === id) },
    keys: {
      list: () => world.keys,
      create: async () => {
        world.keys = [key]
        return { key, secret: 'first' }
      },
      rotate: async () => ({ key, secret: 'next' }),
    },
    startSimulation(options) {
      const simulation: FakeSimulation = {
        options,
        pid: 1,
        now: undefined,
        failed: undefined,
        isStopped: false,
        progress: () => simulation.now,
        failure: () => simulation.failed,
        async stop() {
          simulation.isStopped = true
        },
      }
      world.simulations.push(simulation)
      return simulation
    },
    hold: async () => world.isHeld,
    release: async () => undefined,
    removeRows: async () => {
      world.removals += 1
    },
    endpoint: () => 'ws://127.0.0.1:4000',
    createId: () => 'request',
    now: () => world.nowMs,
    log: createLog({ level: 'fatal', format: 'json' }),
  })
  const last = (): FakeSimulation => {
    const simulation = world.simulations.at(-1)
    if (simulation === undefined) throw new Error('nothing was started')
    return simulation
  }
  return { world, runner, last }
}

const live: DemoProgress = { phase: 'live', historyShare: 1, sessions: 10, events: 70 }

describe('the demo runner', () => {
  it('loads a new network from nothing, and writes down how far it is and when all was there', async () => {
    const { world, runner, last } = setUp()
    await runner.tick()
    expect(last().options).toEqual({
      networkId: ID,
      endpoint: 'ws://127.0.0.1:4000',
      key: 'first',
      historyMs: 3 * DAY_MS,
    })
    expect(world.removals).toBe(0)
    last().now = { ...live, phase: 'history', historyShare: 0.5 }
    await runner.tick()
    expect(world.demo).toMatchObject({ phase: 'history', historyShare: 0.5, sessions: 10, loadedAtMs: null })
    last().now = live
    await runner.tick()
    expect(world.demo).toMatchObject({ phase: 'live', historyShare: 1, loadedAtMs: 1_000 })
  })

  it.each(['history', 'storing', 'rebuilding', 'failed'] as const)(
    'begins anew, with nothing there, what ended at %s',
    async (phase) => {
      const { world, runner, last } = setUp({ phase, sessions: 500 })
      await runner.tick()
      expect(world).toMatchObject({ removals: 1, demo: { phase: 'history', sessions: 0 } })
      expect(last().options.historyMs).toBe(3 * DAY_MS)
    },
  )

  it('goes on with the present where the past is there, counts on, and gives its key a new secret', async () => {
    const { world, runner, last } = setUp({ phase: 'live', loadedAtMs: 5, sessions: 500, events: 900, historyShare: 1 })
    world.keys = [key]
    await runner.tick()
    expect(world.removals).toBe(0)
    expect(last().options).toMatchObject({ historyMs: null, key: 'next' })
    last().now = live
    await runner.tick()
    expect(world.demo).toMatchObject({ phase: 'live', sessions: 510, events: 970, loadedAtMs: 5 })
  })

  it('starts again what failed, after pauses that grow', async () => {
    const { world, runner, last } = setUp()
    await runner.tick()
    for (const pauseMs of [5_000, 10_000, 20_000]) {
      const { length } = world.simulations
      last().failed = { code: 'INTERNAL', message: 'It broke.' }
      await runner.tick()
      expect(world.demo).toMatchObject({ phase: 'failed', failure: 'It broke.' })
      world.nowMs += pauseMs - 1
      await runner.tick()
      expect(world.simulations).toHaveLength(length)
      world.nowMs += 1
      await runner.tick()
      expect(world.simulations).toHaveLength(length + 1)
    }
  })

  it('takes no for an answer: a key that somebody revoked is not replaced until the network was archived', async () => {
    const { world, runner, last } = setUp()
    await runner.tick()
    last().failed = { code: 'KEY_REVOKED', message: 'Revoked.' }
    await runner.tick()
    world.nowMs += DAY_MS
    await runner.tick()
    expect(world.simulations).toHaveLength(1)
    world.networks = [{ ...network, archivedAtMs: 1 }]
    await runner.tick()
    world.networks = [network]
    await runner.tick()
    expect(world.simulations).toHaveLength(2)
  })

  it.each([
    { what: 'is gone', networks: [] },
    { what: 'is archived', networks: [{ ...network, archivedAtMs: 1 }] },
    { what: 'is another one', networks: [{ ...network, isDemo: false }] },
  ])('ends what is played when the network $what', async ({ networks }) => {
    const { world, runner, last } = setUp()
    await runner.tick()
    world.networks = networks
    await runner.tick()
    expect(last().isStopped).toBe(true)
  })

  it('leaves it to another collector that has the right to it', async () => {
    const { world, runner, last } = setUp()
    await runner.tick()
    world.isHeld = false
    await runner.tick()
    expect(last().isStopped).toBe(true)
    await runner.tick()
    expect(world.simulations).toHaveLength(1)
  })

  it('plays nothing any more once it is closed', async () => {
    const { world, runner, last } = setUp()
    await runner.tick()
    await runner.close()
    expect(last().isStopped).toBe(true)
    await runner.tick()
    expect(world.simulations).toHaveLength(1)
  })
})
