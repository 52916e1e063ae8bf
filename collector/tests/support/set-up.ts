import { afterAll, beforeAll } from 'vitest'
import { startTestCollector, type TestCollector } from './collector.ts'
import { createTestDatabases, type TestDatabases } from './databases.ts'

/** One collector on databases of its own for all tests of a file. */
export function setUpCollector(env: Readonly<Record<string, string>> = {}): {
  readonly collector: TestCollector
  readonly databases: TestDatabases
} {
  const held: { collector?: TestCollector; databases?: TestDatabases } = {}
  beforeAll(async () => {
    held.databases = await createTestDatabases()
    held.collector = await startTestCollector({
      env: {
        MCTRACK_CLICKHOUSE_URL: held.databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: held.databases.postgresUrl,
        ...env,
      },
    })
  })
  afterAll(async () => {
    await held.collector?.remove()
    await held.databases?.drop()
  })
  return {
    get collector() {
      if (held.collector === undefined) throw new Error('the collector is not up yet')
      return held.collector
    },
    get databases() {
      if (held.databases === undefined) throw new Error('the databases are not there yet')
      return held.databases
    },
  }
}
