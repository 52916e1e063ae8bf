import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, formatCalendarDate, parseCalendarDate, startOfDate, zonedDate } from './zoned-time.ts'

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo']
const anyZone = fc.constantFrom(...ZONES)
const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2035, 0, 1) })

describe('startOfDate', () => {
  it.each([
    ['2026-11-20', 'Europe/Berlin', '2026-11-19T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-20', 'Asia/Kolkata', '2026-11-19T18:30:00.000Z'],
    // The clocks went from 23:59:59 to 01:00 on this day.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('finds where %s begins in %s', (text, zone, instant) => {
    const date = parseCalendarDate(text)

    expect(date && new Date(startOfDate(date, zone)).toISOString()).toBe(instant)
  })

  it('is the first instant of its date, in every zone', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (atMs, zone) => {
        const date = zonedDate(atMs, zone)
        const startMs = startOfDate(date, zone)
        expect(startMs).toBeLessThanOrEqual(atMs)
        expect(zonedDate(startMs, zone)).toEqual(date)
        expect(zonedDate(startMs - 1, zone)).toEqual(addDays(date, -1))
      }),
    )
  })
})

describe('parseCalendarDate', () => {
  it.each(['', '2026-02-30', '2026-13-01', '26-1-1', '2026-11-20T00:00', '1969-12-31', '0000-00-00'])(
    'refuses %j',
    (text) => {
      expect(parseCalendarDate(text)).toBeUndefined()
    },
  )

  it('reads what is written', () => {
    expect(parseCalendarDate('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 })
    expect(formatCalendarDate(addDays({ year: 2026, month: 12, day: 31 }, 1))).toBe('2027-01-01')
  })
})
