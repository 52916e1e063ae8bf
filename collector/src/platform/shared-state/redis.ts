import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Log } from '../log.ts'
import { createLimiterOf } from './limiter.ts'
import type { SharedState } from './shared-state.ts'

const PREFIX = 'mctrack:'
const COMMAND_TIMEOUT_MS = 2_000
const RETRY_MS_MAX = 2_000

/** Takes or renews a lease in one step: only its holder may renew. */
const HOLD_LEASE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`
const RELEASE_LEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

/** Shared state in Redis. */
export function createRedisSharedState(options: {
  readonly url: string
  readonly processId: string
  readonly log: Log
}): SharedState {
  const { url, processId, log } = options
  const retryStrategy = (attempt: number): number => Math.min(RETRY_MS_MAX, 50 * 2 ** attempt)
  const redis = new Redis(url, { commandTimeout: COMMAND_TIMEOUT_MS, maxRetriesPerRequest: 1, retryStrategy })
  // A connection that listens can do nothing else. Its subscriptions wait for as long as Redis is away.
  const listener = new Redis(url, { maxRetriesPerRequest: null, retryStrategy })
  const handlers = new Map<string, Set<(message: string) => void>>()
  const commands = createOutage(log, 'Redis answers again')
  const news = createOutage(log, 'news of other collectors can be heard again')
  /** Why there is no connection: commands that fail for want of one only say how often they were tried. */
  let connectionError: unknown
  redis.on('error', commands.begin('the connection to Redis failed'))
  listener.on('error', news.begin('news of other collectors cannot be heard'))
  redis.on('error', (error) => {
    connectionError = error
  })
  const hearing = new Set<() => void>()
  redis.on('ready', () => {
    commands.end()
    connectionError = undefined
    if (isWhole()) void tellHearing(hearing)
  })
  listener.on('ready', () => {
    if (isWhole()) void tellHearing(hearing)
  })
  /** Whoever hears again has something to tell and to ask; while one of the two connections is away, that would be lost. */
  function isWhole(): boolean {
    return redis.status === 'ready' && listener.status === 'ready'
  }
  async function tellHearing(those: Iterable<() => void>): Promise<void> {
    try {
      // Asked for once more, to know when Redis has them all: the library subscribes again without a word.
      if (handlers.size > 0) await listener.subscribe(...handlers.keys())
      news.end()
      for (const onHearing of those) onHearing()
    } catch (error) {
      news.begin('news of other collectors cannot be heard')(error) // It is lost again; there will be another ready.
    }
  }
  listener.on('message', (channel: string, message: string) => {
    for (const handler of handlers.get(channel) ?? []) handler(message)
  })

  return {
    publish(channel, message) {
      const told = redis.publish(PREFIX + channel, message)
      // A Redis that was silent, and never gone, is not ready anew: it only answers.
      told.then(commands.end, commands.begin('news for other collectors could not be told'))
    },
    subscribe(channel, onMessage) {
      const name = PREFIX + channel
      const known = handlers.get(name)
      if (known === undefined) {
        handlers.set(name, new Set([onMessage]))
        listener.subscribe(name).catch(news.begin('news of other collectors cannot be heard'))
      } else {
        known.add(onMessage)
      }
      return () => handlers.get(name)?.delete(onMessage)
    },
    onHearing(onHearing) {
      hearing.add(onHearing)
      if (isWhole()) void tellHearing([onHearing])
    },
    async holdLease(name, ttlMs) {
      return (await redis.eval(HOLD_LEASE, 1, `${PREFIX}lease:${name}`, processId, ttlMs)) === 1
    },
    async releaseLease(name) {
      await redis.eval(RELEASE_LEASE, 1, `${PREFIX}lease:${name}`, processId)
    },
    createLimiter: (name, limits) =>
      createLimiterOf(
        limits.map(
          ({ requests, windowMs }) =>
            new RateLimiterRedis({
              storeClient: redis,
              keyPrefix: `${PREFIX}limit:${name}:${windowMs}`,
              points: requests,
              duration: windowMs / 1_000,
            }),
        ),
      ),
    async keep(kind, value, ttlMs) {
      await redis.set(`${PREFIX}kept:${kind}:${processId}`, value, 'PX', ttlMs)
    },
    async kept(kind) {
      const prefix = `${PREFIX}kept:${kind}:`
      const keys: string[] = []
      for await (const page of redis.scanStream({ match: `${prefix}*`, count: 100 })) keys.push(...(page as string[]))
      const values = keys.length === 0 ? [] : await redis.mget(keys)
      const entries = keys.map((key, place) => [key.slice(prefix.length), values[place] ?? null] as const)
      return new Map(entries.filter((entry): entry is [string, string] => entry[1] !== null))
    },
    async ping() {
      try {
        await redis.ping()
      } catch (error) {
        throw connectionError ?? error
      }
    },
    async close() {
      redis.disconnect()
      listener.disconnect()
    },
  }
}

interface Outage {
  /** Tells what failed, unless it has been failing for a while. */
  begin(what: string): (error: unknown) => void
  end(): void
}

/** An outage is told once, however many commands and attempts fail. Errors of Redis carry commands: never log them whole. */
function createOutage(log: Log, again: string): Outage {
  let isOut = false
  return {
    begin: (what) => (error) => {
      if (!isOut) log.warn({ reason: reasonOf(error) }, what)
      isOut = true
    },
    end() {
      if (isOut) log.info(again)
      isOut = false
    },
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
