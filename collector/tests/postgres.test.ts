import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Log } from '../src/platform/log.ts'
import { connectPostgres } from '../src/platform/postgres/client.ts'
import { createTestDatabases, type TestDatabases, until } from './support/index.ts'

let databases: TestDatabases

beforeAll(async () => {
  databases = await createTestDatabases()
})
afterAll(() => databases?.drop())

it.each([
  ['is logged', false],
  ['is nothing to speak of while the collector stops', true],
])('an idle connection that is lost %s', async (_what, isStopping) => {
  const logged: string[] = []
  const log = { warn: (_details: unknown, text: string) => logged.push(text) } as unknown as Log
  const stop = new AbortController()
  const [watched, other] = [1, 2].map(() => connectPostgres(databases.postgresUrl, log, stop.signal))
  if (watched === undefined || other === undefined) throw new Error('no connections')
  await watched.ping()
  if (isStopping) stop.abort()
  const ended = await sql`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(other.db)
  expect(ended.rows).toHaveLength(1)
  // The next connection is another one: by then the loss of the first was noticed.
  const pid = () => sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(watched.db)
  await until(
    () => pid().catch(() => undefined),
    (answer) => answer !== undefined,
  )
  expect(logged).toEqual(isStopping ? [] : ['a connection to PostgreSQL was lost'])
  await Promise.all([watched.close(), other.close()])
})
