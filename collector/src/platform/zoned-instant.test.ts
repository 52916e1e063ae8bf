import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createInstantWriter, zoneOffsetMs } from './zoned-instant.ts'

it.each([
  ['UTC', '2026-11-21T18:00:00.123Z', '2026-11-21T18:00:00.123+00:00'],
  ['Europe/Berlin', '2026-11-21T18:00:00.123Z', '2026-11-21T19:00:00.123+01:00'],
  ['Europe/Berlin', '2026-03-29T00:59:59.999Z', '2026-03-29T01:59:59.999+01:00'],
  ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000+02:00'],
  ['America/St_Johns', '2026-07-01T00:00:00.000Z', '2026-06-30T21:30:00.000-02:30'],
  ['Asia/Kathmandu', '2026-01-01T00:00:00.000Z', '2026-01-01T05:45:00.000+05:45'],
])('in %s %s is %s', (zone, instant, expected) => {
  expect(createInstantWriter(zone)(Date.parse(instant))).toBe(expected)
})

it('writes what is read back as the same instant', () => {
  const writers = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'].map(createInstantWriter)
  fc.assert(
    fc.property(fc.integer({ min: 1e12, max: 2e12 }), fc.constantFrom(...writers), (atMs, write) => {
      expect(Date.parse(write(atMs))).toBe(atMs)
    }),
  )
})

it('knows what a zone is ahead of UTC', () => {
  expect(zoneOffsetMs('Europe/Berlin', Date.parse('2026-03-29T00:59:59.999Z'))).toBe(3_600_000)
  expect(zoneOffsetMs('Europe/Berlin', Date.parse('2026-03-29T01:00:00.000Z'))).toBe(7_200_000)
  expect(zoneOffsetMs('America/St_Johns', Date.parse('2026-07-01T00:00:00.000Z'))).toBe(-9_000_000)
})
