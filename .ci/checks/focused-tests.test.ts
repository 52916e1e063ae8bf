import { expect, it } from 'vitest'
import { createFixtureTree } from './fixture-tree.ts'
import { checkFocusedTests } from './focused-tests.ts'

it.each([
  ['a.test.ts', "it.skip('a', () => {})"],
  ['a.test.ts', "test.only('a', () => {})"],
  ['a.test.ts', "describe.todo('a')"],
  ['a.test.ts', "suite.skip('a', () => {})"],
  ['a.test.ts', "it.concurrent.only('a', () => {})"],
  ['a.test.ts', "it.skip.each([])('a', () => {})"],
  ['a.test.ts', "xit('a', () => {})"],
  ['a.test.ts', "fit('a', () => {})"],
  ['a.test.ts', "xdescribe('a', () => {})"],
  ['a.test.js', "test('a', { timeout: 5, skip: true }, () => {})"],
  ['a.test.mts', "test('a', (t) => { t.skip('later') })"],
  ['src/ATest.java', '@Disabled("later")\n@Test void a() {}'],
])('finds what keeps a test from running: %s %s', (path, source) => {
  expect(checkFocusedTests(createFixtureTree({ [path]: `\n${source}` }))).toEqual([
    expect.stringContaining(`${path}:2 `),
  ])
})

it.each([
  ["it('skips', () => { reader.skip(4); list.only() })"],
  ["// it.skip('a')"],
  ['const source = "it.only(1)"'],
  ["profit('a'); suit('a'); exit('a'); process.exit(1)"],
  ["describe.skipIf(redisServer === undefined)('with Redis', () => {})"],
  ["test('a', { timeout: 5 }, () => {})"],
])('leaves %s alone', (source) => {
  expect(checkFocusedTests(createFixtureTree({ 'a.test.ts': source }))).toEqual([])
})
