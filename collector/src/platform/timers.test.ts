import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLog } from './log.ts'
import { createTimers } from './timers.ts'

const MINUTE_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(10 * MINUTE_MS + 15_000)
})
afterEach(() => {
  vi.useRealTimers()
})

it('does aligned work once an interval and never before it, though the clock is slower than the timers', async () => {
  const startedMs = Date.now()
  const now = (): number => startedMs + Math.floor((Date.now() - startedMs) * 0.9999)
  const timers = createTimers({ log: createLog({ level: 'fatal', format: 'json' }), now })
  const worked: number[] = []
  timers.everyAligned('sample', MINUTE_MS, (nowMs) => void worked.push(nowMs))
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS)
  expect(worked.map((nowMs) => Math.floor(nowMs / MINUTE_MS))).toEqual([11, 12, 13, 14, 15])
  expect(worked.every((nowMs) => nowMs % MINUTE_MS < 10)).toBe(true)
  timers.close()
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(worked).toHaveLength(5)
})
