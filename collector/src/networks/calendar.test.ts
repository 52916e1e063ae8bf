import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, isTimeZone } from './calendar.ts'

const DAY_MS = 86_400_000
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS

describe('createCalendar', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T22:59:59.999Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29'],
    // Summer time began that night, so the next day begins an hour earlier in UTC.
    ['Europe/Berlin', '2026-03-29T21:59:59.999Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T22:00:00.000Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-25T22:59:59.999Z', '2026-10-25'],
    ['Europe/Berlin', '2026-10-25T23:00:00.000Z', '2026-10-26'],
    ['America/New_York', '2026-11-01T03:59:59.999Z', '2026-10-31'],
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-01'],
    ['Asia/Kathmandu', '2026-01-01T18:14:59.999Z', '2026-01-01'],
    ['Asia/Kathmandu', '2026-01-01T18:15:00.000Z', '2026-01-02'],
    ['Pacific/Kiritimati', '2026-01-01T10:00:00.000Z', '2026-01-02'],
    ['UTC', '1970-01-01T00:00:00.000Z', '1970-01-01'],
  ])('%s: %s lies on %s', (zone, instant, expected) => {
    expect(createCalendar(zone).dayOf(Date.parse(instant))).toBe(day(expected))
  })

  it('agrees with the runtime for any moment', () => {
    const zone = 'Australia/Lord_Howe'
    const calendar = createCalendar(zone)
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }), (atMs) => {
        expect(calendar.dayOf(atMs)).toBe(day(format.format(atMs)))
      }),
    )
  })
})

describe('a day begins', () => {
  it.each([
    ['UTC', '2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-02', '2026-01-01T18:15:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-02', '2026-01-01T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-01-02', '2026-01-02T11:00:00.000Z'],
    // The clock went from midnight to one.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // There was no such day.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
  ])('in %s on %s at %s', (zone, date, expected) => {
    expect(new Date(createCalendar(zone).startOf(day(date))).toISOString()).toBe(expected)
  })

  it('with its first moment, whatever the zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Australia/Lord_Howe', 'America/Havana', 'Europe/London', 'Asia/Kolkata'),
        fc.integer({ min: day('2010-01-01'), max: day('2040-01-01') }),
        (zone, date) => {
          const calendar = createCalendar(zone)
          const atMs = calendar.startOf(date)
          expect([calendar.dayOf(atMs - 1), calendar.dayOf(atMs)]).toEqual([date - 1, date])
        },
      ),
    )
  })
})

it.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['', false],
])('knows whether %j is a time zone', (name, expected) => {
  expect(isTimeZone(name)).toBe(expected)
})
