import { describe, expect, it } from 'vitest'
import { DEFAULT_STATE } from '../../url/app-state.ts'
import { chooseFilter, readAuditQuery, sinceMs } from './audit-query.ts'

describe('readAuditQuery', () => {
  it('looks at the last weeks of everything when the URL says nothing', () => {
    expect(readAuditQuery(DEFAULT_STATE)).toEqual({
      since: '28d',
      action: undefined,
      user: undefined,
      cursor: undefined,
    })
  })

  it('takes what the URL says', () => {
    const filters = chooseFilter(chooseFilter([], 'type', 'key.revoked'), 'person', 'someone')
    const range = { kind: 'preset', preset: '7d' } as const
    expect(readAuditQuery({ range, filters, cursor: 'c' })).toEqual({
      since: '7d',
      action: 'key.revoked',
      user: 'someone',
      cursor: 'c',
    })
  })
})

it('chooses one value of a dimension, or none', () => {
  const one = chooseFilter([], 'type', 'key.created')
  expect(chooseFilter(one, 'type', 'key.revoked')).toEqual([
    { dimension: 'type', operator: 'is', values: ['key.revoked'] },
  ])
  expect(chooseFilter(one, 'type', '')).toEqual([])
})

it('begins at a whole minute', () => {
  expect(sinceMs('24h', 86_400_000 + 61_234)).toBe(60_000)
})
