import { formatUuid } from '@mctrack/sdk/protocol'
import type { Instance, Registry } from '../live/index.ts'
import type { InstanceNotes } from './reports.ts'
import type { SeenInstance } from './server.ts'

/** When a session that was opened over HTTP was last mentioned. */
interface Lease {
  readonly networkId: string
  readonly sessionId: string
  readonly lastSeenAtMs: number
}

/** Keeps when instances, and sessions that were opened over HTTP, were last heard of: after a restart it is all there is. */
export interface Heartbeats {
  save(): Promise<void>
}

export function createHeartbeats(deps: {
  readonly registry: Registry
  readonly notes: InstanceNotes
  readonly saveInstances: (instances: readonly SeenInstance[]) => Promise<void>
  readonly saveLeases: (leases: readonly Lease[]) => Promise<void>
}): Heartbeats {
  const { registry, notes, saveInstances, saveLeases } = deps

  /** Those of this collector; others keep their own. */
  function* instances(): Generator<readonly [networkId: string, instance: Instance]> {
    for (const networkId of registry.networkIds())
      for (const instance of registry.network(networkId).instances.values())
        if (instance.owner === null) yield [networkId, instance]
  }

  const seen = (): SeenInstance[] =>
    Array.from(instances(), ([networkId, { key, serverName, startedAtMs, lastSeenAtMs }]) => ({
      networkId,
      id: formatUuid(Buffer.from(key, 'latin1')),
      serverName,
      startedAtMs,
      lastSeenAtMs,
      clockOffsetMs: notes.of(key)?.clockOffsetMs ?? 0,
    }))

  const leases = (): Lease[] =>
    Array.from(instances())
      .filter(([, { state }]) => state === 'leased')
      .flatMap(([networkId, { sessions }]) =>
        Array.from(sessions.values(), ({ sessionId, lastSeenAtMs }) => ({
          networkId,
          sessionId: formatUuid(sessionId),
          lastSeenAtMs,
        })),
      )

  return {
    async save() {
      await saveInstances(seen())
      await saveLeases(leases())
    },
  }
}
