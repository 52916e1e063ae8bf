import { expect, it } from 'vitest'
import { hasTroubles, waitMs } from './pace.ts'

it('waits for the simulated clock, which may run faster than the real one', () => {
  const moment = { simulatedMs: 60_000, elapsedMs: 400, events: 1_000 }
  expect(waitMs({ kind: 'speed', factor: 1 }, moment)).toBe(59_600)
  expect(waitMs({ kind: 'speed', factor: 60 }, moment)).toBe(600)
  expect(waitMs({ kind: 'speed', factor: 600 }, moment)).toBeLessThan(0)
})

it('waits so that there are as many events a second as were asked for, whatever the clock says', () => {
  const pace = { kind: 'rate', eventsPerSecond: 500 } as const
  expect(waitMs(pace, { simulatedMs: 9e9, elapsedMs: 1_500, events: 1_000 })).toBe(500)
  expect(waitMs(pace, { simulatedMs: 0, elapsedMs: 2_500, events: 1_000 })).toBeLessThan(0)
})

it('plays no crashes where days pass within minutes', () => {
  expect(hasTroubles({ kind: 'speed', factor: 60 })).toBe(true)
  expect(hasTroubles({ kind: 'speed', factor: 3_600 })).toBe(false)
  expect(hasTroubles({ kind: 'rate', eventsPerSecond: 1 })).toBe(false)
})
