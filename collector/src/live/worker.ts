import type { SharedState } from '../platform/shared-state/shared-state.ts'
import type { Registry } from './registry.ts'
import type { Sampler } from './sampler.ts'
import type { Sweep } from './sweep.ts'
import type { WatchStore } from './watch-store.ts'

const LEASE = 'worker'
const LEASE_MS = 45_000
/** Often enough that the lease of a living worker never ends between two pieces of work, or in a moment without Redis. */
export const WORKER_LEASE_RENEW_MS = 15_000

/** The work that one collector does for all of them: whoever holds the lease does it, the others leave it. */
export interface Worker {
  /** Takes or renews the lease. True while this collector is the worker. */
  renew(): Promise<boolean>
  /** At the beginning of a minute: writes its sample, or ends its peaks where another collector writes it. */
  sample(atMs: number): Promise<void>
  /** Closes sessions that nobody holds any more. Returns how many. */
  sweep(): Promise<number>
  /** Keeps which networks are followed now, for the time after a restart. */
  saveWatch(): Promise<void>
  /** Gives the lease back, so that the work is taken over at once, rather than when the lease ends. */
  release(): Promise<void>
}

export interface WorkerDeps {
  /** Whether this collector has the role at all. */
  readonly hasRole: boolean
  readonly sharedState: Pick<SharedState, 'holdLease' | 'releaseLease'>
  readonly registry: Registry
  readonly sampler: Sampler
  readonly closeForgotten: Sweep['closeForgotten']
  readonly saveWatch: WatchStore['save']
  readonly now: () => number
}

export function createWorker(deps: WorkerDeps): Worker {
  const { hasRole, sharedState, registry, sampler, closeForgotten, saveWatch, now } = deps
  const renew = (): Promise<boolean> => (hasRole ? sharedState.holdLease(LEASE, LEASE_MS) : Promise.resolve(false))
  const isFollowed = (networkId: string): boolean => registry.network(networkId).instances.size > 0

  return {
    renew,

    async sample(atMs) {
      try {
        if (await renew()) sampler.sample(atMs)
        else sampler.leave(atMs)
      } catch (error) {
        sampler.miss()
        throw error
      }
    },

    sweep: async () => ((await renew()) ? closeForgotten(now()) : 0),

    async saveWatch() {
      if (!(await renew())) return
      await saveWatch({ atMs: now(), networkIds: Array.from(registry.networkIds()).filter(isFollowed) })
    },

    release: () => sharedState.releaseLease(LEASE),
  }
}
