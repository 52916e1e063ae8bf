import { describe, expect, it } from 'vitest'
import { createCalendar } from './calendar.ts'
import { changeDataRetention, type DataRetention, dataRetentionCutOff, keptFromMs } from './data-retention.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.parse('2026-11-21T12:00:00Z')
const WAITED_MS = NOW_MS + 7 * DAY_MS
const set = (dataRetentionDays: number | null, dataRetentionFromMs: number | null): DataRetention => ({
  dataRetentionDays,
  dataRetentionFromMs,
})
const forever = set(null, null)

describe('changing the data retention', () => {
  it.each<[string, DataRetention, number | null, DataRetention]>([
    ['set where there was none waits', forever, 90, set(90, WAITED_MS)],
    ['shortened waits, though it was in force', set(365, NOW_MS - DAY_MS), 90, set(90, WAITED_MS)],
    ['shortened waits anew, though it waits', set(365, NOW_MS + DAY_MS), 90, set(90, WAITED_MS)],
    ['lengthened goes on at once', set(90, NOW_MS - DAY_MS), 365, set(365, NOW_MS - DAY_MS)],
    ['lengthened keeps what it waits for', set(90, NOW_MS + DAY_MS), 365, set(365, NOW_MS + DAY_MS)],
    ['set to what it is stays as it is', set(90, NOW_MS + DAY_MS), 90, set(90, NOW_MS + DAY_MS)],
    ['cleared is over at once', set(90, NOW_MS - DAY_MS), null, forever],
    ['cleared where there was none is none', forever, null, forever],
  ])('%s', (_, before, days, after) => {
    expect(changeDataRetention(before, days, NOW_MS)).toEqual(after)
  })
})

describe('the cut-off', () => {
  const at = (zone: string, days: number, now: string): string | undefined => {
    const cutOff = dataRetentionCutOff(set(days, 0), createCalendar(zone), Date.parse(now))
    return cutOff === undefined ? undefined : new Date(cutOff.atMs).toISOString()
  }

  it.each([
    ['UTC', 30, '2026-11-21T00:00:00Z', '2026-10-22T00:00:00.000Z'],
    ['UTC', 30, '2026-11-21T23:59:59.999Z', '2026-10-22T00:00:00.000Z'],
    // Summer time lies in between: the day begins an hour earlier in UTC.
    ['Europe/Berlin', 30, '2026-11-21T12:00:00Z', '2026-10-21T22:00:00.000Z'],
    ['Europe/Berlin', 365, '2026-11-21T12:00:00Z', '2025-11-20T23:00:00.000Z'],
    // It is the next day there already.
    ['Europe/Berlin', 30, '2026-11-20T23:00:00Z', '2026-10-21T22:00:00.000Z'],
    ['America/New_York', 30, '2026-11-21T04:59:59Z', '2026-10-21T04:00:00.000Z'],
    ['Pacific/Kiritimati', 30, '2026-11-21T12:00:00Z', '2026-10-22T10:00:00.000Z'],
    ['Pacific/Pago_Pago', 30, '2026-11-21T12:00:00Z', '2026-10-22T11:00:00.000Z'],
    ['UTC', 3_650, '2026-11-21T12:00:00Z', '2016-11-23T00:00:00.000Z'],
  ])('in %s after %i days at %s is %s', (zone, days, now, expected) => {
    expect(at(zone, days, now)).toBe(expected)
  })

  it('is none before its time, and none for ever', () => {
    const calendar = createCalendar('UTC')
    expect(dataRetentionCutOff(forever, calendar, NOW_MS)).toBeUndefined()
    expect(dataRetentionCutOff(set(30, NOW_MS + 1), calendar, NOW_MS)).toBeUndefined()
    expect(dataRetentionCutOff(set(30, NOW_MS), calendar, NOW_MS)).toEqual({
      day: Date.parse('2026-10-22') / DAY_MS,
      atMs: Date.parse('2026-10-22'),
    })
  })

  it('is remembered when more is kept again: what is gone is gone', () => {
    const calendar = createCalendar('UTC')
    const cutOffMs = Date.parse('2026-10-22')
    expect(keptFromMs({ ...forever, dataRemovedBeforeMs: null }, calendar, NOW_MS)).toBe(0)
    expect(keptFromMs({ ...set(30, NOW_MS), dataRemovedBeforeMs: null }, calendar, NOW_MS)).toBe(cutOffMs)
    expect(keptFromMs({ ...set(30, NOW_MS), dataRemovedBeforeMs: cutOffMs - DAY_MS }, calendar, NOW_MS)).toBe(cutOffMs)
    expect(keptFromMs({ ...forever, dataRemovedBeforeMs: cutOffMs }, calendar, NOW_MS)).toBe(cutOffMs)
  })
})
