import type { Instance, Registry } from '../live/index.ts'
import type { GaugesReport } from './gauges-report.ts'
import type { Server } from './server.ts'
import type { Servers } from './servers.ts'

/** `leased`: it reports over HTTP; `left`: it said that it leaves; `silent`: nothing holds it, and it did not say why. */
export const SERVER_STATES = ['connected', 'resuming', 'leased', 'left', 'silent'] as const
export type ServerState = (typeof SERVER_STATES)[number]

/** A server as it is now: what is stored about it, and what its connection says. */
export interface ServerReport {
  readonly server: Server
  readonly state: ServerState
  readonly lastSeenAtMs: number
  readonly clockOffsetMs: number
  /** Players whose primary session is on it. */
  readonly players: number
  /** Of the API key that it last proved itself with to this process. */
  readonly keyId: string | null
  readonly gauges: GaugesReport | null
}

/** What the connections last said about themselves, by instance. */
export interface InstanceNotes {
  /** The server said hello; `clockOffsetMs` is what it adds to its own clock. */
  noteHello(instanceKey: string, clockOffsetMs: number): void
  noteGauges(instanceKey: string, gauges: GaugesReport): void
  /** A server proved itself with a key, on a connection or over HTTP. */
  noteKey(networkId: string, serverName: string, keyId: string): void
  /** The key that the server last proved itself with, as far as this process knows. */
  keyIdOf(networkId: string, serverName: string): string | null
  of(instanceKey: string): { readonly clockOffsetMs: number; readonly gauges: GaugesReport | null } | undefined
  forget(instanceKey: string): void
}

/** Servers whose key is remembered; names are the senders' to choose. */
const SERVERS_MAX = 20_000

export function createInstanceNotes(): InstanceNotes {
  const keyIds = new Map<string, string>()
  const place = (networkId: string, serverName: string): string => `${networkId} ${serverName}`
  const notes = new Map<string, { clockOffsetMs: number; gauges: GaugesReport | null }>()
  return {
    noteHello(key, clockOffsetMs) {
      notes.set(key, { clockOffsetMs, gauges: notes.get(key)?.gauges ?? null })
    },
    noteGauges(key, gauges) {
      const note = notes.get(key)
      if (note !== undefined) note.gauges = gauges
    },
    noteKey(networkId, serverName, keyId) {
      const its = place(networkId, serverName)
      keyIds.delete(its)
      keyIds.set(its, keyId) // Last, as the newest.
      const [oldest] = keyIds.keys()
      if (keyIds.size > SERVERS_MAX && oldest !== undefined) keyIds.delete(oldest)
    },
    keyIdOf: (networkId, serverName) => keyIds.get(place(networkId, serverName)) ?? null,
    of: (key) => notes.get(key),
    forget(key) {
      notes.delete(key)
    },
  }
}

const STATES = { linked: 'connected', resuming: 'resuming', leased: 'leased' } as const
const RANK: readonly Instance['state'][] = ['linked', 'resuming', 'leased']

export function createServerReports(deps: {
  readonly servers: Servers
  readonly registry: Registry
  readonly notes: InstanceNotes
}): (networkId: string) => Promise<ServerReport[]> {
  const { servers, registry, notes } = deps
  return async (networkId) => {
    const { instances, presence } = registry.network(networkId)
    const players = presence.counts.by('server')
    const stored = await servers.load(networkId)
    return stored.map((server) => {
      const [instance] = Array.from(instances.values())
        .filter(({ serverName }) => serverName === server.name)
        .sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state))
      const note = instance === undefined ? undefined : notes.of(instance.key)
      return {
        server,
        state: instance === undefined ? stateWithoutInstance(server) : STATES[instance.state],
        lastSeenAtMs: Math.max(server.lastSeenAtMs, instance?.lastSeenAtMs ?? 0),
        clockOffsetMs: note?.clockOffsetMs ?? 0,
        players: players.get(server.name) ?? 0,
        keyId: notes.keyIdOf(networkId, server.name),
        gauges: note?.gauges ?? null,
      }
    })
  }
}

function stateWithoutInstance({ leftAtMs, lastSeenAtMs }: Server): ServerState {
  return leftAtMs !== null && leftAtMs >= lastSeenAtMs ? 'left' : 'silent'
}
