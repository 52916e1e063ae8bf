import { EventEmitter } from 'node:events'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createLimiterOf } from './limiter.ts'
import type { SharedState } from './shared-state.ts'

/** Shared state of processes that are only one. Several states of one `hub` stand for several processes, in tests. */
export function createMemorySharedState(options: {
  readonly processId: string
  readonly now: () => number
  readonly hub?: MemoryHub
}): SharedState {
  const { processId, now, hub = createMemoryHub() } = options
  const subscriptions: Array<() => void> = []

  return {
    publish(channel, message) {
      queueMicrotask(() => hub.news.emit(channel, message))
    },
    subscribe(channel, onMessage) {
      hub.news.on(channel, onMessage)
      const end = (): void => {
        hub.news.off(channel, onMessage)
      }
      subscriptions.push(end)
      return end
    },
    onHearing: (onHearing) => queueMicrotask(onHearing),
    async holdLease(name, ttlMs) {
      const lease = hub.leases.get(name)
      if (lease !== undefined && lease.holder !== processId && lease.untilMs > now()) return false
      hub.leases.set(name, { holder: processId, untilMs: now() + ttlMs })
      return true
    },
    async releaseLease(name) {
      if (hub.leases.get(name)?.holder === processId) hub.leases.delete(name)
    },
    createLimiter: (_name, limits) =>
      createLimiterOf(
        limits.map(({ requests, windowMs }) => new RateLimiterMemory({ points: requests, duration: windowMs / 1_000 })),
      ),
    async keep(kind, value, ttlMs) {
      hub.kept.set(`${kind}\n${processId}`, { value, untilMs: now() + ttlMs })
    },
    async kept(kind) {
      const values = new Map<string, string>()
      for (const [key, { value, untilMs }] of hub.kept) {
        if (key.startsWith(`${kind}\n`) && untilMs > now()) values.set(key.slice(kind.length + 1), value)
      }
      return values
    },
    ping: async () => undefined,
    async close() {
      for (const end of subscriptions) end()
    },
  }
}

export interface MemoryHub {
  readonly news: EventEmitter
  readonly leases: Map<string, { readonly holder: string; readonly untilMs: number }>
  readonly kept: Map<string, { readonly value: string; readonly untilMs: number }>
}

export function createMemoryHub(): MemoryHub {
  const news = new EventEmitter()
  news.setMaxListeners(0)
  return { news, leases: new Map(), kept: new Map() }
}
