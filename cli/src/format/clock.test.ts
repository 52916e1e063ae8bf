import { expect, it } from 'vitest'
import { createClock } from './clock.ts'

const atMs = Date.parse('2026-11-20T23:05:09Z')

it('shows instants in the time zone, midnight as 00', () => {
  const clock = createClock('Europe/Berlin')
  expect(clock.dateTime(atMs)).toBe('2026-11-21 00:05:09')
  expect(clock.time(atMs)).toBe('00:05:09')
})

it('shows a zone that it does not know in UTC, and says so', () => {
  const clock = createClock('Mars/Phobos')
  expect([clock.timeZone, clock.dateTime(atMs)]).toEqual(['UTC', '2026-11-20 23:05:09'])
})
