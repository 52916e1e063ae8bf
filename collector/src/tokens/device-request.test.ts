import { expect, it } from 'vitest'
import { createDeviceCode, paceAfter } from './device-request.ts'

it('has a code of 256 bits that the program alone knows', () => {
  expect(createDeviceCode()).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(createDeviceCode()).not.toBe(createDeviceCode())
})

it('lets a program ask every five seconds, and a little early', () => {
  const first = paceAfter({ intervalMs: 5_000, nextPollAtMs: 0 }, 100_000)
  expect(first).toEqual({ isTooFast: false, intervalMs: 5_000, nextPollAtMs: 104_000 })
  expect(paceAfter(first, 104_000).isTooFast).toBe(false)
  expect(paceAfter(first, 103_999).isTooFast).toBe(true)
})

it('makes a program that asks too early wait five seconds more each time, up to a minute', () => {
  let pace = { intervalMs: 5_000, nextPollAtMs: 104_000 }
  const intervals = Array.from({ length: 14 }, (_, i) => {
    pace = paceAfter(pace, 100_001 + i)
    return pace.intervalMs / 1_000
  })
  expect(intervals).toEqual([10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 60, 60, 60])
  expect(paceAfter(pace, pace.nextPollAtMs)).toMatchObject({ isTooFast: false, intervalMs: 60_000 })
})
