import { describe, expect, it } from 'vitest'
import { createFormatters } from './formatters.ts'

const NOW_MS = Date.parse('2026-11-20T18:06:00Z')
const setUp = (timeZone = 'Europe/Berlin') => createFormatters({ locale: 'en-GB', timeZone, now: () => NOW_MS })
const plain = (text: string): string => text.replaceAll(' ', ' ')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describe('numbers', () => {
  const format = setUp()

  it.each([
    [1_284, '1,284', '1,284'],
    [99_999, '99,999', '99,999'],
    [128_412, '128,412', '128k'],
    [0, '0', '0'],
    [-4, '−4', '−4'],
    [14.25, '14.3', '14.3'],
    [Number.NaN, '–', '–'],
  ])('writes %d exactly as %s and compactly as %s', (value, exact, compact) => {
    expect(format.number(value)).toBe(exact)
    expect(format.compact(value)).toBe(compact)
  })

  it.each([
    [0.121, '+12 %'],
    [-0.041, '−4.1 %'],
    [0, '0 %'],
    [1.41, '+141 %'],
  ])('writes the change %d as %s', (share, text) => {
    expect(plain(format.change(share))).toBe(text)
  })

  it.each([
    [0.121, '12 %'],
    [0.062, '6 %'],
    [0.004, '0.4 %'],
    [0, '0 %'],
  ])('writes the share %d as %s', (share, text) => {
    expect(plain(format.percent(share))).toBe(text)
  })

  it.each([
    [0, '0 byte'],
    [1_500, '1.5 kB'],
    [3_200_000, '3.2 MB'],
  ])('writes %d bytes as %s', (count, text) => {
    expect(plain(format.bytes(count))).toBe(text)
  })
})

describe('lengths of time', () => {
  const format = setUp()

  it.each([
    [0, '0 s', '0 s'],
    [250, '250 ms', '250 ms'],
    [12_900, '12 s', '12 s'],
    [64_000, '1 min 4 s', '1 min'],
    [48 * MINUTE_MS + 59_000, '48 min', '48 min'],
    [134 * MINUTE_MS, '2 h 14 min', '2 h'],
    [2 * HOUR_MS, '2 h', '2 h'],
    [76 * HOUR_MS, '3 d 4 h', '3 d'],
    [Number.NaN, '–', '–'],
    [-5_000, '0 s', '0 s'],
  ])('writes %d ms as %s, and as an age %s', (lengthMs, duration, age) => {
    expect(plain(format.duration(lengthMs))).toBe(duration)
    expect(plain(format.age(lengthMs))).toBe(age)
  })

  it('says in words how long ago something was', () => {
    expect(format.relative(NOW_MS - 12_000)).toBe('12 sec ago')
    expect(format.relative(NOW_MS + 3 * MINUTE_MS)).toBe('in 3 min')
    expect(format.relative(NOW_MS - 4 * 24 * HOUR_MS)).toBe('4 days ago')
  })
})

describe('instants', () => {
  it("are written in the network's zone", () => {
    expect(setUp().time(NOW_MS)).toBe('19:06')
    expect(setUp('America/New_York').time(NOW_MS)).toBe('13:06')
    expect(setUp().exact(NOW_MS)).toBe('Fri, 20 Nov 2026, 19:06:00 GMT+1')
    expect(setUp().offset(Date.parse('2026-07-01T00:00:00Z'))).toBe('GMT+2')
  })

  it('need no date on the same day, and no year in the same year', () => {
    const format = setUp()

    expect(format.moment(NOW_MS - HOUR_MS)).toBe('18:06')
    // 23:30 UTC of the day before is already the same day in Berlin.
    expect(format.moment(Date.parse('2026-11-19T23:30:00Z'))).toBe('00:30')
    expect(format.moment(Date.parse('2026-11-19T22:30:00Z'))).toBe('19 Nov, 23:30')
    expect(format.day(Date.parse('2025-01-02T12:00:00Z'))).toBe('2 Jan 2025')
  })

  it('writes midnight as 00:00', () => {
    expect(setUp('UTC').time(Date.parse('2026-11-20T00:00:00Z'))).toBe('00:00')
  })

  it('shows an unknown zone in UTC, and says so', () => {
    expect(setUp('Mars/Olympus')).toMatchObject({ timeZone: 'UTC' })
  })
})

it('knows countries by name', () => {
  expect(setUp().country('DE')).toBe('Germany')
  expect(setUp().country('')).toBe('')
  expect(setUp().country('<b>')).toBe('<b>')
})
