import { describe, expect, it } from 'vitest'
import { type Range, type RangePreset, resolveRange } from '../../url/range.ts'
import { listRange, readRangeFilter } from './list-range.ts'

const options = { nowMs: Date.parse('2026-11-20T12:34:56Z'), timeZone: 'UTC' }
const at = (text: string): number => Date.parse(text)
const preset = (name: RangePreset): Range => ({ kind: 'preset', preset: name })
const listed = (range: Range) => listRange(range, resolveRange(range, options))

describe('the time of a list', () => {
  it('goes on until now where a chart ends with whole days', () => {
    expect(listed(preset('7d'))).toEqual({ fromMs: at('2026-11-13T00:00:00Z'), toMs: undefined })
    expect(listed(preset('12mo'))).toEqual({ fromMs: at('2025-11-01T00:00:00Z'), toMs: undefined })
    expect(listed(preset('today'))).toEqual({ fromMs: at('2026-11-20T00:00:00Z'), toMs: undefined })
  })

  it('ends where somebody chose an end', () => {
    expect(listed(preset('yesterday')).toMs).toBe(at('2026-11-20T00:00:00Z'))
    expect(listed({ kind: 'span', fromMs: 1_000, toMs: 9_000 })).toEqual({ fromMs: 1_000, toMs: 9_000 })
  })

  it('does not begin anew with every minute', () => {
    const later = { ...options, nowMs: options.nowMs - 60_000 }
    expect(listRange(preset('24h'), resolveRange(preset('24h'), later))).toEqual(listed(preset('24h')))
  })

  it('is read from a filter, and nothing else is', () => {
    expect(readRangeFilter('2026-11-01..2026-11-02', options)).toEqual({
      fromMs: at('2026-11-01T00:00:00Z'),
      toMs: at('2026-11-03T00:00:00Z'),
    })
    expect(readRangeFilter('constructor', options)).toBeUndefined()
    expect(readRangeFilter(undefined, options)).toBeUndefined()
  })
})
