import { afterAll, beforeAll } from 'vitest'
import { startTestCollector, type TestCollector } from './collector.ts'
import { createTestDatabases, type TestDatabases } from './databases.ts'
import { layWire, type Wire } from './wire.ts'

/** As `setUpCollector`; what goes to ClickHouse goes over a wire that can be cut and mended. */
export function setUpWiredCollector(): {
  readonly collector: TestCollector
  readonly databases: TestDatabases
  readonly wire: Wire
} {
  let wire: Wire | undefined
  // Hooks run in reverse: the collector stops while ClickHouse can still be reached.
  afterAll(() => wire?.cut())
  const test = setUpCollector({}, async ({ clickhouseUrl }) => {
    const url = new URL(clickhouseUrl)
    wire = await layWire(Number(url.port))
    url.port = String(wire.port)
    return { MCTRACK_CLICKHOUSE_URL: url.href }
  })
  return {
    get collector() {
      return test.collector
    },
    get databases() {
      return test.databases
    },
    get wire() {
      if (wire === undefined) throw new Error('the wire is not laid yet')
      return wire
    },
  }
}

/** One collector on databases of its own for all tests of a file. */
export function setUpCollector(
  env: Readonly<Record<string, string>> = {},
  /** Settings that depend on the databases. */
  envOf: (databases: TestDatabases) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): {
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
        ...(await envOf(held.databases)),
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
