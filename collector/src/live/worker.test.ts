import { expect, it } from 'vitest'
import { createRegistry } from './registry.ts'
import type { Watch } from './watch-store.ts'
import { createWorker } from './worker.ts'

const NOW = 1_763_680_000_000

/** @param holdLease what the shared state says to whoever wants the lease */
function setUp(holdLease: () => Promise<boolean>, { hasRole = true } = {}) {
  const nothing = (): void => undefined
  const registry = createRegistry({
    onClosed: nothing,
    onReopened: nothing,
    onInstanceEnded: nothing,
    onChanged: nothing,
  })
  const done: string[] = []
  const watches: Watch[] = []
  const worker = createWorker({
    hasRole,
    sharedState: {
      holdLease,
      async releaseLease(name) {
        done.push(`released ${name}`)
      },
    },
    registry,
    sampler: { sample: () => done.push('sampled'), leave: () => done.push('left'), miss: () => done.push('missed') },
    async closeForgotten() {
      done.push('swept')
      return 2
    },
    async saveWatch(watch) {
      watches.push(watch)
    },
    now: () => NOW,
  })
  return { worker, registry, done, watches }
}

it('does all the work while it holds the lease', async () => {
  const { worker, registry, done, watches } = setUp(async () => true)
  registry.link({ key: 'i', networkId: 'n', serverName: 's', serverKind: 'proxy', startedAtMs: 1 }, NOW)
  registry.network('without a server')
  await worker.sample(NOW)
  expect(await worker.sweep()).toBe(2)
  await worker.saveWatch()
  await worker.release()
  expect(done).toEqual(['sampled', 'swept', 'released worker'])
  expect(watches).toEqual([{ atMs: NOW, networkIds: ['n'] }])
})

it.each([
  ['while another collector holds the lease', setUp(async () => false)],
  ['without the role, though nobody holds the lease', setUp(async () => true, { hasRole: false })],
])('leaves the work %s', async (_when, { worker, done, watches }) => {
  await worker.sample(NOW)
  expect(await worker.sweep()).toBe(0)
  await worker.saveWatch()
  expect(done).toEqual(['left'])
  expect(watches).toEqual([])
})

it('writes no sample while nobody knows who holds the lease, and says so', async () => {
  const { worker, done } = setUp(() => Promise.reject(new Error('Redis is away')))
  await expect(worker.sample(NOW)).rejects.toThrow('Redis is away')
  expect(done).toEqual(['missed'])
})
