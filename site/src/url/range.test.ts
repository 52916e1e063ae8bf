import { describe, expect, it } from 'vitest'
import { formatRange, freezeRange, parseRange, RANGE_PRESETS, resolveRange } from './range.ts'

const TIME_ZONE = 'Europe/Berlin'
/** 19:06 on a Friday in Berlin. */
const NOW_MS = Date.parse('2026-11-20T18:06:00Z')

function resolve(text: string, nowMs = NOW_MS): readonly [string, string, boolean] {
  const range = parseRange(text)
  if (range === undefined) throw new Error(`${text} is no range`)
  const { fromMs, toMs, isOpen } = resolveRange(range, { nowMs, timeZone: TIME_ZONE })
  return [new Date(fromMs).toISOString().slice(0, 16), new Date(toMs).toISOString().slice(0, 16), isOpen]
}

describe('resolveRange', () => {
  it.each([
    ['24h', '2026-11-19T18:06', '2026-11-20T18:06', true],
    ['today', '2026-11-19T23:00', '2026-11-20T18:06', true],
    ['yesterday', '2026-11-18T23:00', '2026-11-19T23:00', false],
    ['7d', '2026-11-12T23:00', '2026-11-19T23:00', false],
    // The clocks were changed on 25 October, so the first day begins at another offset.
    ['28d', '2026-10-22T22:00', '2026-11-19T23:00', false],
    ['month', '2026-10-31T23:00', '2026-11-20T18:06', true],
    ['last-month', '2026-09-30T22:00', '2026-10-31T23:00', false],
    ['year', '2025-12-31T23:00', '2026-11-20T18:06', true],
    ['12mo', '2025-10-31T23:00', '2026-10-31T23:00', false],
    ['2026-11-01..2026-11-02', '2026-10-31T23:00', '2026-11-02T23:00', false],
    ['2026-11-01..2026-12-24', '2026-10-31T23:00', '2026-11-20T18:06', true],
    ['1763740800000..1763744400000', '2025-11-21T16:00', '2025-11-21T17:00', false],
  ])('knows what %s means', (text, from, to, isOpen) => {
    expect(resolve(text)).toEqual([from, to, isOpen])
  })

  it('never ends before it begins, even in the future', () => {
    for (const text of [...RANGE_PRESETS, '2027-01-01..2027-01-02']) {
      const range = parseRange(text)
      const { fromMs, toMs } =
        range === undefined ? { fromMs: 0, toMs: 0 } : resolveRange(range, { nowMs: NOW_MS, timeZone: TIME_ZONE })
      expect(toMs).toBeGreaterThan(fromMs)
    }
  })
})

it('freezes a range into two instants', () => {
  const resolved = resolveRange({ kind: 'preset', preset: '24h' }, { nowMs: NOW_MS, timeZone: TIME_ZONE })
  const frozen = freezeRange(resolved)

  expect(parseRange(formatRange(frozen))).toEqual(frozen)
})
