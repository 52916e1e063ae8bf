import { expect, it } from 'vitest'
import { createFixtureTree } from './fixture-tree.ts'
import { checkSiteBuild } from './site-build.ts'

const SOUND = {
  'cli/src/reference/print-reference.ts': '',
  'collector/src/print-openapi.ts': '',
  'sdk/src/protocol/errors.ts': '',
  'site/build/docs/load-documents.ts': "new URL('cli/src/reference/print-reference.ts', repository)",
}

function check(changes: Readonly<Record<string, string>>): readonly string[] {
  return checkSiteBuild(createFixtureTree({ ...SOUND, ...changes }))
}

it('takes the programs that print references', () => {
  expect(check({})).toEqual([])
})

it('refuses any other file of another package, however it is reached', () => {
  const [problem] = check({ 'site/build/docs/peek.ts': "\nconst path = '../../../collector/src/app.ts'" })

  expect(problem).toMatch(/^site\/build\/docs\/peek\.ts:2 reaches collector\/src\/app\.ts/)
})

it('says when a program that is started is no longer there', () => {
  const { 'collector/src/print-openapi.ts': _gone, ...others } = SOUND

  expect(checkSiteBuild(createFixtureTree(others))).toEqual([
    "There is no collector/src/print-openapi.ts, which the site's build starts.",
  ])
})
