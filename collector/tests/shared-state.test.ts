import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../src/platform/log.ts'
import { createMemoryHub, createMemorySharedState } from '../src/platform/shared-state/memory.ts'
import { createRedisSharedState } from '../src/platform/shared-state/redis.ts'
import type { SharedState } from '../src/platform/shared-state/shared-state.ts'
import { until } from './support/index.ts'
import { isRedisAvailable, startTestRedis, type TestRedis } from './support/redis.ts'

const log = createLog({ level: 'fatal', format: 'json' })

/** What every implementation of the shared state must do. `open` makes one more process that shares. */
function conformance(name: string, open: () => Promise<SharedState>): void {
  describe(`shared state ${name}`, () => {
    const opened: SharedState[] = []
    async function setUp(processes = 2): Promise<SharedState[]> {
      const states = await Promise.all(Array.from({ length: processes }, open))
      opened.push(...states)
      return states
    }
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((state) => state.close()))
    })

    it('tells every process, the sender included, in order', async () => {
      const [a, b] = (await setUp()) as [SharedState, SharedState]
      const channel = randomUUID()
      const heard: string[][] = [[], []]
      a.subscribe(channel, (message) => heard[0]?.push(message))
      b.subscribe(channel, (message) => heard[1]?.push(message))
      await sleep(100)
      for (const message of ['1', '2', '3']) a.publish(channel, message)
      await until(
        () => heard,
        ([first, second]) => first?.length === 3 && second?.length === 3,
      )
      expect(heard).toEqual([
        ['1', '2', '3'],
        ['1', '2', '3'],
      ])
    })

    it('tells nobody on another channel, and nobody who stopped listening', async () => {
      const [a, b] = (await setUp()) as [SharedState, SharedState]
      const channel = randomUUID()
      const heard: string[] = []
      const stop = b.subscribe(channel, (message) => heard.push(message))
      b.subscribe(`${channel}-other`, (message) => heard.push(`other ${message}`))
      await sleep(100)
      a.publish(channel, '1')
      await until(
        () => heard,
        ({ length }) => length === 1,
      )
      stop()
      a.publish(channel, '2')
      await sleep(100)
      expect(heard).toEqual(['1'])
    })

    it('gives a lease to one process until it ends or is given back', async () => {
      const [a, b] = (await setUp()) as [SharedState, SharedState]
      const name_ = randomUUID()
      expect(await a.holdLease(name_, 60_000)).toBe(true)
      expect(await b.holdLease(name_, 60_000)).toBe(false)
      expect(await a.holdLease(name_, 60_000)).toBe(true)
      await b.releaseLease(name_)
      expect(await b.holdLease(name_, 60_000)).toBe(false)
      await a.releaseLease(name_)
      expect(await b.holdLease(name_, 100)).toBe(true)
      await sleep(150)
      expect(await a.holdLease(name_, 60_000)).toBe(true)
    })

    it('gives a lease to one only when many ask at once', async () => {
      const states = await setUp(5)
      const name_ = randomUUID()
      const held = await Promise.all(states.map((state) => state.holdLease(name_, 60_000)))
      expect(held.filter(Boolean)).toHaveLength(1)
    })

    it('limits by every window, and says when to come back', async () => {
      const [a] = (await setUp(1)) as [SharedState]
      const limiter = a.createLimiter(randomUUID(), [
        { requests: 3, windowMs: 1_000 },
        { requests: 5, windowMs: 60_000 },
      ])
      const take = async (key: string, times: number) => {
        const kinds = []
        for (let i = 0; i < times; i++) kinds.push((await limiter.take(key)).kind)
        return kinds
      }
      expect(await take('x', 4)).toEqual(['allowed', 'allowed', 'allowed', 'limited'])
      expect(await take('y', 1)).toEqual(['allowed'])
      await sleep(1_100)
      expect(await take('x', 3)).toEqual(['allowed', 'allowed', 'limited'])
      const result = await limiter.take('x')
      expect(result).toMatchObject({ kind: 'limited', retryAfterMs: expect.any(Number) })
      if (result.kind === 'limited') expect(result.retryAfterMs).toBeGreaterThan(10_000)
    })

    it('does not count against a limit what is given back', async () => {
      const [a] = (await setUp(1)) as [SharedState]
      const limiter = a.createLimiter(randomUUID(), [{ requests: 2, windowMs: 60_000 }])
      for (let i = 0; i < 5; i++) {
        expect(await limiter.take('x')).toEqual({ kind: 'allowed' })
        await limiter.giveBack('x')
      }
      const kinds = [await limiter.take('x'), await limiter.take('x'), await limiter.take('x')].map(({ kind }) => kind)
      expect(kinds).toEqual(['allowed', 'allowed', 'limited'])
    })

    it('keeps a value for each process while it is renewed', async () => {
      const [a, b] = (await setUp()) as [SharedState, SharedState]
      const kind = randomUUID()
      await a.keep(kind, 'one', 60_000)
      await b.keep(kind, 'two', 300)
      expect(Array.from((await a.kept(kind)).values()).toSorted()).toEqual(['one', 'two'])
      await sleep(400)
      expect(Array.from((await b.kept(kind)).values())).toEqual(['one'])
      expect((await a.kept(randomUUID())).size).toBe(0)
    })

    it('answers a ping', async () => {
      const [a] = (await setUp(1)) as [SharedState]
      await expect(a.ping()).resolves.toBeUndefined()
    })
  })
}

const hub = createMemoryHub()
conformance('in memory', async () => createMemorySharedState({ processId: randomUUID(), now: Date.now, hub }))

if (isRedisAvailable()) {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startTestRedis()
  })
  afterAll(() => redis?.stop())
  conformance('in Redis', async () => {
    const state = createRedisSharedState({ url: redis.url, processId: randomUUID(), log })
    await state.ping()
    return state
  })

  it('in Redis bears that Redis goes away and comes back', async () => {
    const state = createRedisSharedState({ url: redis.url, processId: randomUUID(), log })
    await state.ping()
    await redis.restart()
    await until(
      () =>
        state.ping().then(
          () => true,
          () => false,
        ),
      (ok) => ok,
    )
    const heard: string[] = []
    state.subscribe('again', (message) => heard.push(message))
    await sleep(100)
    state.publish('again', 'x')
    await until(
      () => heard,
      ({ length }) => length === 1,
    )
    await state.close()
  })
}
