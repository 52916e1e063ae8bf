import type { Log } from '../platform/log.ts'
import type { SeenInstance, Server, ServerLeaving } from './server.ts'
import type { ServerStore } from './server-store.ts'

/** Notes which servers report, without ever making one wait for a database. */
export interface Servers {
  /** A server said hello; it is stored in the background. */
  saw(server: Omit<Server, 'firstSeenAtMs' | 'lastSeenAtMs' | 'leftAtMs'>, instance: SeenInstance): void
  /** A server said that it leaves; that is stored in the background. */
  left(networkId: string, serverName: string): void
  /** Stores heartbeats of these instances, and what could not be stored before. */
  saveHeartbeats(instances: readonly SeenInstance[]): Promise<void>
  load(networkId: string): Promise<Server[]>
  /** When instances of a network were last seen. */
  loadInstances(networkId: string, ids: readonly string[]): Promise<SeenInstance[]>
  forgetInstances(beforeMs: number): Promise<void>
  /** The network is gone; what waits to be stored of its servers would never find a place. */
  forgetNetwork(networkId: string): void
}

/** Servers, and leavings, that wait to be stored while PostgreSQL is away; beyond this the oldest are forgotten until they say hello again. */
const WAITING_MAX = 10_000

export function createServers(deps: {
  readonly store: ServerStore
  readonly log: Log
  readonly now: () => number
}): Servers {
  const { store, log, now } = deps
  const waiting = new Map<string, { readonly server: Server; readonly instance: SeenInstance }>()
  const leaving = new Map<string, ServerLeaving>()
  let saving: Promise<void> | undefined

  async function saveWaiting(): Promise<void> {
    while (waiting.size > 0 || leaving.size > 0) {
      for (const [key, { server, instance }] of Array.from(waiting)) {
        await store.saveServer(server)
        await store.saveInstances([instance])
        if (waiting.get(key)?.instance === instance) waiting.delete(key)
      }
      for (const [key, its] of Array.from(leaving)) {
        await store.saveLeaving(its)
        if (leaving.get(key) === its) leaving.delete(key)
      }
    }
  }

  /** One save at a time; a failed one is tried again with the next heartbeat. */
  function save(): Promise<void> {
    saving ??= saveWaiting().finally(() => {
      saving = undefined
    })
    return saving
  }

  /** In the background. */
  function wait<Entry>(entries: Map<string, Entry>, key: string, entry: Entry): void {
    entries.set(key, entry)
    for (const oldest of entries.keys()) {
      if (entries.size <= WAITING_MAX) break
      entries.delete(oldest)
    }
    save().catch((error: unknown) => log.warn({ err: error }, 'a server could not be stored; it is tried again'))
  }

  return {
    saw(details, instance) {
      const nowMs = now()
      const server: Server = { ...details, firstSeenAtMs: nowMs, lastSeenAtMs: nowMs, leftAtMs: null }
      wait(waiting, `${server.networkId}\n${server.name}`, { server, instance })
    },
    left(networkId, serverName) {
      wait(leaving, `${networkId}\n${serverName}`, { networkId, serverName, atMs: now() })
    },
    async saveHeartbeats(instances) {
      await save()
      await store.saveInstances(instances)
    },
    load: store.load,
    loadInstances: store.loadInstances,
    forgetInstances: store.forgetInstances,
    forgetNetwork(networkId) {
      for (const entries of [waiting, leaving]) {
        for (const key of Array.from(entries.keys())) if (key.startsWith(`${networkId}\n`)) entries.delete(key)
      }
    },
  }
}
