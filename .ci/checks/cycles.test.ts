import { expect, it } from 'vitest'
import { findCycles } from './cycles.ts'

function graphOf(edges: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(edges).map(([from, to]) => [from, new Set(to)]))
}

it('finds nothing where nothing goes in a circle', () => {
  expect(findCycles(graphOf({ a: 'bc', b: 'c', c: 'd' }))).toEqual([])
})

it('finds the shortest circle of a group once', () => {
  expect(findCycles(graphOf({ a: 'bc', b: 'c', c: 'a' }))).toEqual([['a', 'c', 'a']])
})

it('finds circles that have nothing to do with each other, and one that others lead to', () => {
  expect(findCycles(graphOf({ a: 'b', b: 'a', c: 'c', d: 'a' }))).toEqual([
    ['a', 'b', 'a'],
    ['c', 'c'],
  ])
})
