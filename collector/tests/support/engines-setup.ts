import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedClickHouse } from '../../src/platform/clickhouse/embedded.ts'
import { createLog } from '../../src/platform/log.ts'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    clickhouseUrl: string
    postgresUrl: string
  }
}

const MEMORY_BYTES_MAX = 1_500_000_000

/** Starts both engines once for all test files; each file uses databases of its own in them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
  const log = createLog({ level: 'warn', format: 'json' })
  const [clickhouse, postgres] = await Promise.all([
    startEmbeddedClickHouse({ directory: join(directory, 'clickhouse'), memoryBytesMax: MEMORY_BYTES_MAX, log }),
    startEmbeddedPostgres({ directory: join(directory, 'postgres'), log }),
  ])
  project.provide('clickhouseUrl', clickhouse.url)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await Promise.all([clickhouse.close(), postgres.close()])
    rmSync(directory, { recursive: true, force: true })
  }
}
