import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type ClickHouse, connectClickHouse } from '../../src/platform/clickhouse/client.ts'

/** Empty databases in the shared engines, for one test file. */
export interface TestDatabases {
  readonly clickhouseUrl: string
  readonly postgresUrl: string
  /** For looking into what a collector stored. */
  readonly clickhouse: ClickHouse
  drop(): Promise<void>
}

export async function createTestDatabases(): Promise<TestDatabases> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const clickhouseUrl = withDatabase(inject('clickhouseUrl'), name)
  const postgresUrl = withDatabase(inject('postgresUrl'), name)
  const root = connectClickHouse(inject('clickhouseUrl'))
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await Promise.all([root.command(`CREATE DATABASE ${name}`), admin.query(`CREATE DATABASE ${name}`)])
  const clickhouse = connectClickHouse(clickhouseUrl)
  return {
    clickhouseUrl,
    postgresUrl,
    clickhouse,
    async drop() {
      await clickhouse.close()
      await Promise.all([root.command(`DROP DATABASE ${name}`), admin.query(`DROP DATABASE ${name} WITH (FORCE)`)])
      await root.close()
      await admin.end()
    },
  }
}

function withDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
