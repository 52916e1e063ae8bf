import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

const plain = { attempt: 0, random: 0.999, code: null, retryAfterMs: null }

describe('backoffMs', () => {
  it('grows with every attempt and never beyond twelve seconds', () => {
    const waits = Array.from({ length: 20 }, (_, attempt) => backoffMs({ ...plain, attempt }))
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits[0]).toBeLessThanOrEqual(500)
    expect(waits.at(-1)).toBeLessThanOrEqual(12_000)
  })

  it('spreads over the whole span, from zero', () => {
    expect(backoffMs({ ...plain, attempt: 5, random: 0 })).toBe(0)
  })

  it('waits at least as long as the collector asks for', () => {
    expect(backoffMs({ ...plain, random: 0, retryAfterMs: 3_000 })).toBe(3_000)
    expect(backoffMs({ ...plain, retryAfterMs: 3_000 })).toBeLessThan(3_750)
  })

  it('is not sent away for longer than ten minutes', () => {
    expect(backoffMs({ ...plain, random: 0, retryAfterMs: 1e12 })).toBe(600_000)
  })

  it('asks rarely when only a person can mend the refusal', () => {
    expect(backoffMs({ ...plain, random: 0, code: 'KEY_REVOKED' })).toBeGreaterThan(200_000)
  })

  it('treats a code that it does not know like a lost link', () => {
    expect(backoffMs({ ...plain, code: 'SOMETHING_NEW' })).toBeLessThanOrEqual(500)
  })
})
