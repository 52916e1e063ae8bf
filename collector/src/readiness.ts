import type { ClickHouse } from './platform/clickhouse/client.ts'
import type { PostgresConnection } from './platform/postgres/client.ts'
import type { SharedState } from './platform/shared-state/shared-state.ts'

/** Whether one thing that this process needs works, with a sentence for people. */
export interface Check {
  readonly name: 'postgres' | 'clickhouse' | 'redis' | 'storage' | 'process'
  readonly ok: boolean
  readonly tookMs: number
  readonly message: string
}

export interface Readiness {
  readonly status: 'ready' | 'not_ready'
  readonly checks: readonly Check[]
}

const TIMEOUT_MS = 3_000

export interface ReadinessDeps {
  readonly postgres: PostgresConnection
  readonly clickhouse: ClickHouse
  readonly sharedState: SharedState
  readonly usesRedis: boolean
  readonly failingTables: () => readonly string[]
  readonly isStopping: () => boolean
}

/** Asks each dependency. A stopping process is not ready: it takes no new work. */
export function createReadinessCheck(deps: ReadinessDeps): () => Promise<Readiness> {
  const { postgres, clickhouse, sharedState } = deps
  return async () => {
    const failing = deps.failingTables()
    const checks = await Promise.all([
      probe('postgres', 'PostgreSQL', () => postgres.ping()),
      probe('clickhouse', 'ClickHouse', () => clickhouse.command('SELECT 1')),
      ...(deps.usesRedis ? [probe('redis', 'Redis', () => sharedState.ping())] : []),
    ])
    const storage: Check = {
      name: 'storage',
      ok: failing.length === 0,
      tookMs: 0,
      message:
        failing.length === 0
          ? 'What arrives is stored.'
          : `ClickHouse does not take inserts into ${failing.join(', ')}; they are kept and tried again.`,
    }
    const process: Check = {
      name: 'process',
      ok: !deps.isStopping(),
      tookMs: 0,
      message: deps.isStopping() ? 'The collector is stopping.' : 'The collector runs.',
    }
    const all = [process, ...checks, storage]
    return { status: all.every(({ ok }) => ok) ? 'ready' : 'not_ready', checks: all }
  }
}

async function probe(name: Check['name'], title: string, ask: () => Promise<void>): Promise<Check> {
  const startedMs = performance.now()
  const took = (): number => Math.round((performance.now() - startedMs) * 10) / 10
  let timer: NodeJS.Timeout | undefined
  try {
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)), TIMEOUT_MS)
    })
    await Promise.race([ask(), timeout])
    return { name, ok: true, tookMs: took(), message: `${title} answers.` }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    return {
      name,
      ok: false,
      tookMs: took(),
      message: `${title} does not answer (${code ?? 'it refused or was silent'}).`,
    }
  } finally {
    clearTimeout(timer)
  }
}
