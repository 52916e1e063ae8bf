import { describe, expect, it } from 'vitest'
import { listChanges, subjectOf } from './audit-changes.ts'

const write = (_: string, value: unknown): string => String(value ?? '–')

describe('listChanges', () => {
  it('tells each field that differs', () => {
    expect(listChanges({ before: { name: 'a', zone: 'UTC' }, after: { name: 'b', zone: 'UTC' } }, write)).toEqual([
      { name: 'name', before: 'a', after: 'b' },
    ])
  })

  it('tells what is new, what is gone, and leaves out what never was', () => {
    expect(listChanges({ before: null, after: { name: 'a', gamemode: null } }, write)).toEqual([
      { name: 'name', before: undefined, after: 'a' },
    ])
    expect(listChanges({ before: { name: 'a' }, after: null }, write)).toEqual([
      { name: 'name', before: 'a', after: undefined },
    ])
    expect(listChanges({ before: { gamemode: 'x' }, after: { gamemode: null } }, write)).toEqual([
      { name: 'gamemode', before: 'x', after: '–' },
    ])
  })
})

it('names what was changed', () => {
  expect(subjectOf({ before: { name: 'old' }, after: { name: 'new' } })).toBe('new')
  expect(subjectOf({ before: null, after: { email: 'a…@example.net' } })).toBe('a…@example.net')
  expect(subjectOf({ before: null, after: null })).toBe('')
})
