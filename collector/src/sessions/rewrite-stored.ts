import type { ClickHouse } from '../platform/clickhouse/client.ts'

/** Changes of settings that what is stored must follow. Each can be repeated without harm. */
export interface RewriteStored {
  /** Counts the days of everything stored anew, after a network moved to another time zone. */
  recountDays(networkId: string, timeZone: string): Promise<void>
  /** Gives what was played on a backend its new game mode. */
  remapGamemode(networkId: string, backend: string, gamemode: string): Promise<void>
}

/** Rewrites rows in ClickHouse. Rows that are stored meanwhile have the new setting already. */
export function createRewriteStored(clickhouse: ClickHouse): RewriteStored {
  return {
    async recountDays(networkId, timeZone) {
      const zone = `'${timeZone.replace(/[^A-Za-z0-9/_+-]/g, '')}'` // A mutation takes a zone only as a literal.
      await clickhouse.command(
        `ALTER TABLE network_sessions UPDATE
           first_day = toDate(started_at, ${zone}),
           last_day = toDate(coalesce(ended_at, started_at), ${zone})
         WHERE network_id = {networkId:UUID} SETTINGS mutations_sync = 1`,
        { networkId },
      )
      await clickhouse.command(
        'ALTER TABLE player_days DELETE WHERE network_id = {networkId:UUID} SETTINGS mutations_sync = 1',
        { networkId },
      )
      await clickhouse.command(
        `INSERT INTO player_days (network_id, day, player_id, first_seen_at, last_seen_at)
         SELECT network_id,
           arrayJoin(arrayMap(offset -> first_day + offset, range(toUInt16(greatest(last_day - first_day, 0) + 1)))) AS day,
           player_id, min(started_at), max(coalesce(ended_at, started_at))
         FROM network_sessions FINAL
         WHERE network_id = {networkId:UUID}
         GROUP BY network_id, day, player_id`,
        { networkId },
      )
    },

    async remapGamemode(networkId, backend, gamemode) {
      await clickhouse.command(
        `ALTER TABLE gamemode_sessions UPDATE gamemode = {gamemode:String}
         WHERE network_id = {networkId:UUID} AND backend = {backend:String} SETTINGS mutations_sync = 1`,
        { networkId, backend, gamemode },
      )
    },
  }
}
