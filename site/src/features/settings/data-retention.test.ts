import { describe, expect, it } from 'vitest'
import { chooseDays, keepsLess, readDays } from './data-retention.ts'

const OPTIONS = ['forever', '90', '365', 'other'].map((value) => ({ value }))

it.each<[number | null, string]>([
  [null, 'forever'],
  [90, '90'],
  [100, 'other'],
])('shows %j days as %s', (days, option) => {
  expect(chooseDays(days, OPTIONS)).toBe(option)
})

describe('the days of a form', () => {
  const read = (fields: Readonly<Record<string, string>>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    return readDays(form)
  }

  it.each<[Readonly<Record<string, string>>, number | null]>([
    [{ keep: 'forever' }, null],
    [{ keep: 'forever', dataRetentionDays: '90' }, null],
    [{ keep: '365' }, 365],
    [{ keep: 'other', dataRetentionDays: '100' }, 100],
    // Never for ever by mistake: JSON has no NaN, and would say null.
    [{ keep: 'other', dataRetentionDays: 'soon' }, 0],
    [{ keep: 'other', dataRetentionDays: '' }, 0],
    [{ keep: 'other' }, 0],
  ])('%j are %j', (fields, days) => {
    expect(read(fields)).toBe(days)
  })
})

it.each<[number, number | null, boolean]>([
  [90, null, true],
  [90, 365, true],
  [365, 365, false],
  [365, 90, false],
  [29, null, false],
  [3_651, null, false],
  [90.5, null, false],
])('knows whether %d days are less than %j', (wanted, now, expected) => {
  expect(keepsLess(wanted, now)).toBe(expected)
})
