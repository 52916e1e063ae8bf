import { expect, it } from 'vitest'
import { createFixtureTree } from './fixture-tree.ts'
import { checkNames } from './names.ts'

function check(...paths: readonly string[]): readonly string[] {
  return checkNames(createFixtureTree(Object.fromEntries(['sdk/src/index.ts', ...paths].map((path) => [path, '']))))
}

it.each([
  ['sdk/src/spool-files.test.ts'],
  ['site/src/pages/404.astro'],
  ['site/src/pages/networks/[id].astro'],
  ['collector/src/live/queries/last-samples.sql'],
  ['bridge/core/src/main/java/Bridge.java'],
  ['collector/migrations/postgres/0001-start.sql'],
])('takes %s', (path) => {
  expect(check(path)).toEqual([])
})

it.each([
  ['sdk/src/spoolFiles.ts', 'is not in kebab-case'],
  ['cli/src/Format/table.ts', 'is not in kebab-case'],
  ['collector/tests/some_test.ts', 'is not in kebab-case'],
  ['sdk/src/utils.ts', 'does not say what it holds'],
  ['cli/src/table-helpers.test.ts', 'does not say what it holds'],
  ['site/src/common/page.ts', 'does not say what it holds'],
  ['collector/src/session-manager.ts', 'does not say what it holds'],
  ['collector/migrations/postgres/1-start.sql', 'is not named like a migration'],
  ['collector/migrations/postgres/0001_start.sql', 'is not named like a migration'],
  ['collector/migrations/postgres/0002-start.sql', 'should have the number 0001'],
])('refuses %s', (path, reason) => {
  expect(check(path)).toEqual([expect.stringContaining(reason)])
})

it('refuses two migrations with one number', () => {
  expect(check('collector/migrations/clickhouse/0001-a.sql', 'collector/migrations/clickhouse/0001-b.sql')).toEqual([
    expect.stringContaining('0001-b.sql should have the number 0002'),
  ])
})

it('says when there is nothing to check', () => {
  expect(checkNames(createFixtureTree({ 'README.md': '' }))).toHaveLength(1)
})
