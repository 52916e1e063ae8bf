import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLog, type Log } from './log.ts'
import { createTimers } from './timers.ts'

const MINUTE_MS = 60_000

beforeEach(() => {
  vi.useFakeTimers()
  vi.setSystemTime(10 * MINUTE_MS + 15_000)
})
afterEach(() => {
  vi.useRealTimers()
})

it('tells a failure that lasts once, and that it is over', async () => {
  const lines: string[] = []
  const note = (_fields: unknown, line: string): void => void lines.push(line)
  const timers = createTimers({ log: { error: note, info: note } as unknown as Log, now: Date.now })
  let reason: string | undefined = 'away'
  timers.every('work', 1_000, () => {
    if (reason !== undefined) throw new Error(reason)
  })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(lines).toEqual(['timed work failed; it is tried again at its turns'])
  reason = 'full'
  await vi.advanceTimersByTimeAsync(3_000)
  expect(lines).toHaveLength(2)
  reason = undefined
  await vi.advanceTimersByTimeAsync(3_000)
  expect(lines.slice(2)).toEqual(['timed work goes on again'])
  timers.close()
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
