import { describe, expect, it, vi } from 'vitest'
import type { Log } from './log.ts'
import { type Migration, type MigrationTarget, migrate, readMigrations, splitStatements } from './migrations.ts'

const log = { info: vi.fn() } as unknown as Log
const migration = (name: string, sha256 = name): Migration => ({ name, sha256, statements: [] })

function setUp(applied: Record<string, string>) {
  const done: string[] = []
  const target: MigrationTarget = {
    name: 'test',
    loadApplied: async () => new Map(Object.entries(applied)),
    apply: async ({ name }) => {
      done.push(name)
    },
  }
  return { target, done }
}

describe('migrate', () => {
  it('applies what is missing, in order', async () => {
    const { target, done } = setUp({ '0001-a.sql': '0001-a.sql' })
    expect(
      await migrate(target, [migration('0001-a.sql'), migration('0002-b.sql'), migration('0003-c.sql')], log),
    ).toBe(2)
    expect(done).toEqual(['0002-b.sql', '0003-c.sql'])
  })

  it('refuses a database of a newer version', async () => {
    const { target } = setUp({ '0009-future.sql': 'x' })
    await expect(migrate(target, [migration('0001-a.sql')], log)).rejects.toThrow(/0009-future.sql.*newer version/)
  })

  it('refuses a migration that was changed afterwards', async () => {
    const { target } = setUp({ '0001-a.sql': 'other' })
    await expect(migrate(target, [migration('0001-a.sql')], log)).rejects.toThrow(/changed after/)
  })
})

it('splits statements at the ends of lines and drops comments', () => {
  expect(splitStatements("-- a;\nCREATE TABLE t (\n  a text CHECK (a <> ';') -- no\n);\n\nSELECT 1;\n")).toEqual([
    "CREATE TABLE t (\n  a text CHECK (a <> ';') -- no\n)",
    'SELECT 1',
  ])
})

it.each(['postgres', 'clickhouse'] as const)('reads the migrations of %s', (folder) => {
  const migrations = readMigrations(folder)
  expect(migrations[0]?.name).toBe('0001-start.sql')
  for (const { statements } of migrations) expect(statements.length).toBeGreaterThan(0)
})
