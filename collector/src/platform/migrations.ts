import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MctrackError } from './error.ts'
import type { Log } from './log.ts'

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/
const PROGRESS_MS = 10_000

/** A database that remembers which migrations it has had. */
export interface MigrationTarget {
  readonly name: string
  /** Names and checksums of what was applied. */
  loadApplied(): Promise<ReadonlyMap<string, string>>
  /** Applies one migration; a target with transactions does it wholly or not at all. */
  apply(migration: Migration): Promise<void>
}

export interface Migration {
  readonly name: string
  readonly sha256: string
  readonly statements: readonly string[]
}

/** Reads the migrations of a folder below `collector/migrations`, in order. */
export function readMigrations(folder: 'postgres' | 'clickhouse'): Migration[] {
  const directory = fileURLToPath(new URL(`../../migrations/${folder}/`, import.meta.url))
  return readdirSync(directory)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(`${directory}${name}`, 'utf8')
      return { name, sha256: createHash('sha256').update(text).digest('hex'), statements: splitStatements(text) }
    })
}

/** Splits our own files, where a statement ends with a semicolon at the end of a line. */
export function splitStatements(text: string): string[] {
  return text
    .replace(/^\s*--.*$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

/**
 * Brings a database forward. The caller holds a lock, so that one collector does it while others wait.
 *
 * @throws MctrackError START_FAILED when the database is of a newer version, or a migration was changed afterwards
 */
export async function migrate(target: MigrationTarget, migrations: readonly Migration[], log: Log): Promise<number> {
  const applied = await target.loadApplied()
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]))
  for (const [name, sha256] of applied) {
    if (!known.has(name)) {
      throw new MctrackError(
        'START_FAILED',
        `The ${target.name} database has had the migration ${name}, which this version does not know. Start the newer version of MCTrack.`,
      )
    }
    if (known.get(name) !== sha256) {
      throw new MctrackError(
        'START_FAILED',
        `The migration ${name} of ${target.name} was changed after it was applied.`,
      )
    }
  }
  const missing = migrations.filter(({ name }) => !applied.has(name))
  for (const migration of missing) {
    const progress = setInterval(
      () => log.info({ database: target.name, migration: migration.name }, 'a migration is still running'),
      PROGRESS_MS,
    )
    try {
      await target.apply(migration)
      log.info({ database: target.name, migration: migration.name }, 'migration applied')
    } finally {
      clearInterval(progress)
    }
  }
  return missing.length
}
