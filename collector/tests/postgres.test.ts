import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Log } from '../src/platform/log.ts'
import { connectPostgres, type PostgresConnection } from '../src/platform/postgres/client.ts'
import { createTestDatabases, type TestDatabases, until } from './support/index.ts'

let databases: TestDatabases
const open: PostgresConnection[] = []

beforeAll(async () => {
  databases = await createTestDatabases()
})
afterEach(() => Promise.all(open.splice(0).map((postgres) => postgres.close())))
afterAll(() => databases?.drop())

/** A connection, and what ends it from outside. */
function setUp() {
  const logged: string[] = []
  const log = { warn: (_details: unknown, text: string) => logged.push(text) } as unknown as Log
  const stop = new AbortController()
  const postgres = connectPostgres(databases.postgresUrl, log, stop.signal)
  const other = connectPostgres(databases.postgresUrl, log)
  open.push(postgres, other)
  async function endIt(): Promise<void> {
    const { rows } = await sql`
      SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(other.db)
    expect(rows).toHaveLength(1)
  }
  return { postgres, logged, stop, endIt }
}

const LOST = 'a connection to PostgreSQL was lost'

it('a connection that is lost is logged, and another one takes its place', async () => {
  const { postgres, logged, endIt } = setUp()
  await postgres.ping()
  await endIt()
  await until(
    () => logged,
    ([first]) => first === LOST,
  )
  await postgres.ping()
})

it('a connection that is lost while the collector stops is nothing to speak of', async () => {
  const { postgres, logged, stop, endIt } = setUp()
  await postgres.ping()
  stop.abort()
  await endIt()
  await sleep(100)
  expect(logged).toEqual([])
})

it('a connection that is lost while it is in use fails what uses it, and no more', async () => {
  const { postgres, endIt } = setUp()
  const work = postgres.db.connection().execute(async (connection) => {
    await sql`SELECT 1`.execute(connection)
    await endIt()
    await sleep(100)
    await sql`SELECT 1`.execute(connection)
  })
  await expect(work).rejects.toThrow()
  await postgres.ping()
})
