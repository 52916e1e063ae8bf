import { sql } from 'kysely'
import type { Postgres } from '../platform/postgres/client.ts'
import type { SeenInstance, Server, ServerLeaving } from './server.ts'

export interface ServerStore {
  load(networkId: string): Promise<Server[]>
  saveServer(server: Server): Promise<void>
  saveInstances(instances: readonly SeenInstance[]): Promise<void>
  saveLeaving(leaving: ServerLeaving): Promise<void>
  /** When instances were last seen, by id; for closing what they left open. */
  loadInstances(networkId: string, ids: readonly string[]): Promise<SeenInstance[]>
  forgetInstances(beforeMs: number): Promise<void>
}

/** Rows of one statement; PostgreSQL takes 65,535 values. */
const ROWS_MAX = 5_000

/** Servers and their instances in PostgreSQL. */
export function createServerStore(db: Postgres): ServerStore {
  return {
    async load(networkId) {
      const rows = await db
        .selectFrom('servers')
        .selectAll()
        .where('network_id', '=', networkId)
        .orderBy('name')
        .execute()
      return rows.map((row) => ({
        networkId: row.network_id,
        name: row.name,
        kind: row.kind,
        software: { name: row.software_name, version: row.software_version },
        sdk: { name: row.sdk_name, version: row.sdk_version },
        firstSeenAtMs: row.first_seen_at_ms,
        lastSeenAtMs: row.last_seen_at_ms,
        leftAtMs: row.left_at_ms,
      }))
    },

    async saveServer(server) {
      await db
        .insertInto('servers')
        .values({
          network_id: server.networkId,
          name: server.name,
          kind: server.kind,
          software_name: server.software.name,
          software_version: server.software.version,
          sdk_name: server.sdk.name,
          sdk_version: server.sdk.version,
          first_seen_at_ms: server.firstSeenAtMs,
          last_seen_at_ms: server.lastSeenAtMs,
        })
        .onConflict((conflict) =>
          conflict.columns(['network_id', 'name']).doUpdateSet({
            kind: server.kind,
            software_name: server.software.name,
            software_version: server.software.version,
            sdk_name: server.sdk.name,
            sdk_version: server.sdk.version,
            last_seen_at_ms: server.lastSeenAtMs,
          }),
        )
        .execute()
    },

    async saveInstances(instances) {
      for (let from = 0; from < instances.length; from += ROWS_MAX) {
        await db
          .insertInto('instances')
          .values(instances.slice(from, from + ROWS_MAX).map(toRow))
          .onConflict((conflict) =>
            conflict.columns(['network_id', 'id']).doUpdateSet({
              last_seen_at_ms: sql`greatest(instances.last_seen_at_ms, excluded.last_seen_at_ms)`,
              clock_offset_ms: sql`excluded.clock_offset_ms`,
            }),
          )
          .execute()
      }
      const lastSeen = new Map<string, SeenInstance>()
      for (const instance of instances) lastSeen.set(`${instance.networkId}\n${instance.serverName}`, instance)
      for (const { networkId, serverName, lastSeenAtMs } of lastSeen.values()) {
        await db
          .updateTable('servers')
          .set({ last_seen_at_ms: sql`greatest(last_seen_at_ms, ${lastSeenAtMs})` })
          .where('network_id', '=', networkId)
          .where('name', '=', serverName)
          .execute()
      }
    },

    async saveLeaving({ networkId, serverName, atMs }) {
      await db
        .updateTable('servers')
        .set({
          last_seen_at_ms: sql`greatest(last_seen_at_ms, ${atMs})`,
          left_at_ms: sql`greatest(left_at_ms, ${atMs})`,
        })
        .where('network_id', '=', networkId)
        .where('name', '=', serverName)
        .execute()
    },

    async loadInstances(networkId, ids) {
      if (ids.length === 0) return []
      const rows = await db
        .selectFrom('instances')
        .selectAll()
        .where('network_id', '=', networkId)
        .where('id', 'in', [...ids])
        .execute()
      return rows.map((row) => ({
        networkId: row.network_id,
        id: row.id,
        serverName: row.server_name,
        startedAtMs: row.started_at_ms,
        lastSeenAtMs: row.last_seen_at_ms,
        clockOffsetMs: row.clock_offset_ms,
      }))
    },

    async forgetInstances(beforeMs) {
      await db.deleteFrom('instances').where('last_seen_at_ms', '<', beforeMs).execute()
    },
  }
}

function toRow(instance: SeenInstance) {
  return {
    network_id: instance.networkId,
    id: instance.id,
    server_name: instance.serverName,
    started_at_ms: instance.startedAtMs,
    last_seen_at_ms: instance.lastSeenAtMs,
    clock_offset_ms: instance.clockOffsetMs,
  }
}
