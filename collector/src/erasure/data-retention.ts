import { type Calendar, type CutOff, createCalendar, dataRetentionCutOff, type Networks } from '../networks/index.ts'
import type { Log } from '../platform/log.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import type { OldRows } from './remove-old-rows.ts'

/** After a network at which it failed, which is told in the log. */
const AGAIN_MS = 10 * 60_000

/** Removes what networks do not keep any longer: of each once a day of its time zone, and only where there is any. */
export interface DataRetention {
  /** To be called often: on most calls there is nothing to do, which costs one question to PostgreSQL. */
  run(): Promise<void>
}

export interface DataRetentionDeps {
  readonly db: Postgres
  readonly networks: Pick<Networks, 'noteRemovedRows'>
  readonly oldRows: OldRows
  readonly log: Log
  readonly now: () => number
}

interface DueNetwork {
  readonly id: string
  readonly days: number
  readonly cutOff: CutOff
  /** That this was begun already is stored; whether it was finished is not. */
  readonly isBegun: boolean
}

/** The setting is read from PostgreSQL each time, not from memory: it may have been taken back a moment ago. */
export function createDataRetention({ db, networks, oldRows, log, now }: DataRetentionDeps): DataRetention {
  const calendars = new Map<string, Calendar>()
  /** By network: the cut-off of which nothing older is left. After a start that is looked for again. */
  const done = new Map<string, number>()
  const failed = new Map<string, number>()

  function calendarOf(timeZone: string): Calendar {
    const calendar = calendars.get(timeZone) ?? createCalendar(timeZone)
    calendars.set(timeZone, calendar)
    return calendar
  }

  async function loadDue(): Promise<DueNetwork[]> {
    const rows = await db.selectFrom('networks').selectAll().where('data_retention_from_ms', '<=', now()).execute()
    return rows.flatMap((row): DueNetwork[] => {
      const retention = { dataRetentionDays: row.data_retention_days, dataRetentionFromMs: row.data_retention_from_ms }
      const cutOff = dataRetentionCutOff(retention, calendarOf(row.time_zone), now())
      if (cutOff === undefined || row.data_retention_days === null || done.get(row.id) === cutOff.atMs) return []
      const isBegun = row.data_removed_before_ms === cutOff.atMs
      return [{ id: row.id, days: row.data_retention_days, cutOff, isBegun }]
    })
  }

  /** Resolves with false when the setting is another one by now. */
  async function removeOf({ id, days, cutOff, isBegun }: DueNetwork): Promise<boolean> {
    const tables = await oldRows.find(id, cutOff)
    if (tables.length > 0) {
      const noted = await networks.noteRemovedRows(id, { days, beforeMs: cutOff.atMs, nowMs: now() })
      if (noted === undefined) return false
      await oldRows.remove(id, cutOff, tables)
      log.info({ networkId: id, days, beforeMs: cutOff.atMs, tables }, 'rows older than a network keeps were removed')
    }
    if (tables.length > 0 || isBegun) await oldRows.countAnew(id)
    return true
  }

  return {
    async run() {
      for (const network of await loadDue()) {
        const { id, cutOff } = network
        if (now() < (failed.get(id) ?? 0) + AGAIN_MS) continue
        try {
          if (await removeOf(network)) done.set(id, cutOff.atMs)
          failed.delete(id)
        } catch (error) {
          failed.set(id, now())
          log.error({ err: error, networkId: id }, 'removing what a network keeps no longer failed; it is tried again')
        }
      }
    },
  }
}
