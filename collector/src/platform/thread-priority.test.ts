import { getPriority } from 'node:os'
import { expect, it } from 'vitest'
import { lowerPoolPriority } from './thread-priority.ts'

it.runIf(process.platform === 'linux')('lets the threads of the pool stand back, and nothing else', async () => {
  const before = getPriority(process.pid)
  expect(await lowerPoolPriority()).toBeGreaterThanOrEqual(4)
  expect(getPriority(process.pid)).toBe(before)
})
