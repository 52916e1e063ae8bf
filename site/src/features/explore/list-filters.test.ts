import { describe, expect, it } from 'vitest'
import type { Filter } from '../../url/filters.ts'
import { filterValue, setFilter, splitFilters } from './list-filters.ts'

const is = (dimension: Filter['dimension'], ...values: string[]): Filter => ({ dimension, operator: 'is', values })

describe('filters of a list', () => {
  it('are one value each, and what a list cannot follow is told apart', () => {
    const not: Filter = { dimension: 'platform', operator: 'not', values: ['java'] }
    const filters = [is('country', ''), is('domain', 'a', 'b'), is('version', '1.21'), not]

    expect(splitFilters(filters, ['country', 'domain', 'platform'])).toEqual({
      used: [{ dimension: 'country', value: '' }],
      ignored: [is('domain', 'a', 'b'), is('version', '1.21'), not],
    })
    expect(filterValue(filters, 'country')).toBe('')
    expect(filterValue(filters, 'domain')).toBeUndefined()
  })

  it('have one value in a dimension, whatever stood there before', () => {
    const before = [is('domain', 'a', 'b'), is('platform', 'java')]

    expect(setFilter(before, 'domain', 'c')).toEqual([is('platform', 'java'), is('domain', 'c')])
    expect(setFilter(before, 'domain', undefined)).toEqual([is('platform', 'java')])
  })
})
