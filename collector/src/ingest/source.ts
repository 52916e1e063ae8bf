import { type Id, parseUuid, type ServerKind } from '@mctrack/sdk/protocol'
import { uuidField } from '../platform/clickhouse/row-binary.ts'
import type { RowOwner } from './rows/session-row.ts'

/** Where events come from: one server of one network, under one key. */
export interface Source {
  readonly networkId: string
  readonly serverName: string
  /** The only game mode that the key may report, or null. */
  readonly onlyGamemode: string | null
  /** What is the same in all rows of the source. */
  readonly owner: RowOwner
}

export interface SourceServer {
  readonly name: string
  readonly kind: ServerKind
  readonly instanceId: Id
}

export type SourceOf = (networkId: string, server: SourceServer, onlyGamemode: string | null) => Source

/** Prepares sources: the network's column and calendar are made once a network. */
export function createSourceOf(calendarOf: (networkId: string) => { dayOf(atMs: number): number }): SourceOf {
  const networks = new Map<string, Pick<RowOwner, 'networkIdField' | 'dayOf'>>()

  function ofNetwork(networkId: string): Pick<RowOwner, 'networkIdField' | 'dayOf'> {
    const known = networks.get(networkId)
    if (known !== undefined) return known
    const id = parseUuid(networkId)
    if (id === undefined) throw new Error(`a network without an id: ${networkId}`)
    // The calendar is asked for each time: the network may move to another time zone.
    const made = { networkIdField: uuidField(id), dayOf: (atMs: number) => calendarOf(networkId).dayOf(atMs) }
    networks.set(networkId, made)
    return made
  }

  return (networkId, server, onlyGamemode) => ({
    networkId,
    serverName: server.name,
    onlyGamemode,
    owner: {
      ...ofNetwork(networkId),
      serverName: server.name,
      instanceId: server.instanceId,
      serverKind: server.kind,
    },
  })
}
