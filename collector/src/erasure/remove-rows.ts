import { setTimeout as sleep } from 'node:timers/promises'
import type { ClickHouse } from '../platform/clickhouse/client.ts'

/** Rows of one table that are to go. */
export interface Removal {
  readonly table: string
  /** A condition with `{name:Type}` for what is bound. */
  readonly where: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Ids that stand in the statement, by which ClickHouse is asked how far it is. */
  readonly ids: readonly string[]
}

const LOOK_MS_MIN = 50
const LOOK_MS_MAX = 2_000

const UNFINISHED = `
SELECT count() AS unfinished, anyIf(latest_fail_reason, latest_fail_reason != '') AS failure
FROM system.mutations
WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done
  AND arrayAll(id -> position(command, id) > 0, {ids:Array(String)})`

/**
 * Lets ClickHouse write the parts anew without the rows. Once this resolves it will be done, whatever dies: what remains
 * is waiting.
 */
export async function beginRemoval(clickhouse: ClickHouse, { table, where, parameters }: Removal): Promise<void> {
  // The second setting lets a condition look into another table where tables are replicated.
  const settings = 'mutations_sync = 0, allow_nondeterministic_mutations = 1'
  await clickhouse.command(`ALTER TABLE ${table} DELETE WHERE ${where} SETTINGS ${settings}`, parameters)
}

/** Whether such a removal was begun and is not done yet. */
export async function isRemoving(clickhouse: ClickHouse, removal: Removal): Promise<boolean> {
  return (await look(clickhouse, removal)).unfinished > 0
}

/**
 * Waits until no such row is left. Resolves with false when it takes longer.
 *
 * @throws Error with what ClickHouse says when it cannot
 */
export async function untilRemoved(clickhouse: ClickHouse, removal: Removal, timeoutMs: number): Promise<boolean> {
  const untilMs = performance.now() + timeoutMs
  for (let waitMs = LOOK_MS_MIN; ; waitMs = Math.min(2 * waitMs, LOOK_MS_MAX)) {
    const { unfinished, failure } = await look(clickhouse, removal)
    if (unfinished === 0) return true
    if (failure !== '') throw new Error(`ClickHouse cannot remove rows of ${removal.table}: ${failure}`)
    if (performance.now() >= untilMs) return false
    await sleep(waitMs)
  }
}

async function look(clickhouse: ClickHouse, { table, ids }: Removal) {
  const [row] = await clickhouse.select<{ readonly unfinished: number; readonly failure: string }>(UNFINISHED, {
    table,
    ids,
  })
  return row ?? { unfinished: 0, failure: '' }
}
