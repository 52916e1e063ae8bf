import type { ClickHouse } from '../platform/clickhouse/client.ts'

/** A table of ClickHouse that holds rows of networks, as the database itself describes it. */
export interface StoredTable {
  readonly name: string
  readonly sortingKey: string
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>
}

/** Those of views are the same rows again: a view writes into a table that is in this list itself. */
const TABLES = `
SELECT t.name AS name, t.sorting_key AS sortingKey, groupArray((c.name, c.type)) AS columns
FROM system.tables AS t
INNER JOIN (
  SELECT table, name, type FROM system.columns WHERE database = currentDatabase() ORDER BY table, position
) AS c ON c.table = t.name
WHERE t.database = currentDatabase() AND t.engine LIKE '%MergeTree'
GROUP BY t.name, t.sorting_key
HAVING has(groupArray(c.name), 'network_id')
ORDER BY t.name`

/** All tables with rows of networks. Asked of the database, so that a table that is new cannot be forgotten. */
export async function loadStoredTables(clickhouse: ClickHouse): Promise<StoredTable[]> {
  const rows = await clickhouse.select<{
    readonly name: string
    readonly sortingKey: string
    readonly columns: ReadonlyArray<readonly [name: string, type: string]>
  }>(TABLES)
  return rows.map(({ name, sortingKey, columns }) => ({
    name,
    sortingKey,
    columns: columns.map(([column, type]) => ({ name: column, type })),
  }))
}

/** Whether the table has the column. */
export function hasColumn({ columns }: StoredTable, name: string): boolean {
  return columns.some((column) => column.name === name)
}
