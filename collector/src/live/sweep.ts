import { type EndReason, formatUuid } from '@mctrack/sdk/protocol'
import type { Registry } from './registry.ts'
import { keyOf } from './session.ts'
import type { StoredSession } from './stored-session-store.ts'

/** An instance that was silent for longer than this is not coming back by itself. */
const SILENT_MS = 3 * 60_000

export interface SweepDeps {
  readonly registry: Registry
  readonly loadOpenSessions: (nowMs: number) => Promise<StoredSession[]>
  readonly loadInstances: (
    networkId: string,
    ids: readonly string[],
  ) => Promise<ReadonlyArray<{ readonly id: string; readonly lastSeenAtMs: number }>>
  readonly resumeWindowMsOf: (networkId: string) => number
  /** Whether the id is that of sessions opened over HTTP, and when those were last mentioned. */
  readonly loadLeases: (networkId: string) => Promise<ReadonlyMap<string, number>>
  readonly isLeaseInstance: (session: StoredSession) => boolean
  readonly leaseMs: number
  readonly writeClosed: (session: StoredSession, endedAtMs: number, reason: EndReason) => void
}

export interface Sweep {
  /**
   * After a start: takes over the sessions that are open by what is stored. They count again at once; their instances
   * come back within the resume window, or the sessions are closed at the instance's last heartbeat.
   */
  takeOver(nowMs: number): Promise<number>
  /** Closes stored sessions that nobody holds and whose instance has been silent for long. Returns how many. */
  closeForgotten(nowMs: number): Promise<number>
}

/** Ends sessions that nobody else will: those of servers and collectors that died. */
export function createSweep(deps: SweepDeps): Sweep {
  const { registry, loadOpenSessions, loadInstances, loadLeases, isLeaseInstance, writeClosed } = deps

  async function lastSeenOf(sessions: readonly StoredSession[]): Promise<(session: StoredSession) => number> {
    const seen = new Map<string, number>()
    for (const [networkId, group] of groupBy(sessions, (session) => session.networkId)) {
      const ids = Array.from(new Set(group.map(({ instanceId }) => formatUuid(instanceId))))
      for (const { id, lastSeenAtMs } of await loadInstances(networkId, ids))
        seen.set(`${networkId}\n${id}`, lastSeenAtMs)
      if (!group.some(isLeaseInstance)) continue
      for (const [id, lastSeenAtMs] of await loadLeases(networkId)) seen.set(`${networkId}\n${id}`, lastSeenAtMs)
    }
    return (session) => {
      const id = isLeaseInstance(session) ? session.record.sessionId : session.instanceId
      const heartbeat = seen.get(`${session.networkId}\n${formatUuid(id)}`)
      // Without a heartbeat, what was last said about the session is all there is.
      return heartbeat ?? Math.max(session.record.startedAtMs, session.stay?.startedAtMs ?? 0)
    }
  }

  return {
    async takeOver(nowMs) {
      const sessions = await loadOpenSessions(nowMs)
      const lastSeen = await lastSeenOf(sessions)
      const instances = groupBy(sessions, (session) => `${session.networkId}\n${keyOf(session.instanceId)}`)
      for (const group of instances.values()) {
        const first = group[0]
        if (first === undefined) continue
        const isLease = isLeaseInstance(first)
        registry.restore(
          {
            key: keyOf(first.instanceId),
            networkId: first.networkId,
            serverName: first.serverName,
            serverKind: first.serverKind,
            startedAtMs: 0,
          },
          group.map((session) => ({
            record: session.record,
            stay: session.stay,
            gamemode: session.gamemode,
            lastSeenAtMs: lastSeen(session),
          })),
          {
            state: isLease ? 'leased' : 'resuming',
            lastSeenAtMs: Math.max(...group.map(lastSeen)),
            expiresAtMs: nowMs + (isLease ? deps.leaseMs : deps.resumeWindowMsOf(first.networkId)),
          },
          nowMs,
        )
      }
      return sessions.length
    },

    async closeForgotten(nowMs) {
      const open = (await loadOpenSessions(nowMs)).filter(
        ({ networkId, record }) => registry.find(networkId, record.key) === undefined,
      )
      const lastSeen = await lastSeenOf(open)
      let closed = 0
      for (const session of open) {
        const holder = registry.network(session.networkId).instances.get(keyOf(session.instanceId))
        // A server that is here but does not know the session any more has lost its end.
        const endedAtMs = holder?.state === 'linked' ? session.receivedAtMs : lastSeen(session)
        const silentSinceMs = Math.max(endedAtMs, session.receivedAtMs)
        if (nowMs - silentSinceMs < SILENT_MS + deps.resumeWindowMsOf(session.networkId)) continue
        writeClosed(session, endedAtMs, 'link_lost')
        closed += 1
      }
      return closed
    },
  }
}

function groupBy<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOfItem(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
