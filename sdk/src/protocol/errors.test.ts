import { describe, expect, it } from 'vitest'
import { closeCodeOf, ERROR_CODES, type ErrorCode, isErrorCode } from './errors.ts'
import { errorOfCloseCode, LINK_ERROR_CODES } from './link-errors.ts'

const codes = Object.keys(ERROR_CODES) as ErrorCode[]

describe('the table of error codes', () => {
  it.each(codes)('%s has a status, an exit code and sentences', (code) => {
    const { status, exit, retry, sentence } = ERROR_CODES[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(600)
    expect(exit).toBeGreaterThanOrEqual(1)
    expect(exit).toBeLessThanOrEqual(7)
    expect(['later', 'never']).toContain(retry)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it('gives every close code to one error, in the range for applications', () => {
    const closes = codes.flatMap((code) => {
      const entry = ERROR_CODES[code]
      return 'close' in entry ? [entry.close] : []
    })
    expect(new Set(closes).size).toBe(closes.length)
    for (const close of closes) expect(close >= 4_000 && close < 5_000).toBe(true)
  })

  it('finds the error of a close code', () => {
    expect(errorOfCloseCode(closeCodeOf('SHUTTING_DOWN'))).toBe('SHUTTING_DOWN')
    expect(errorOfCloseCode(1_006)).toBeUndefined()
  })

  it('has every error that closes a connection in the part that clients carry', () => {
    const closing = codes.filter((code) => 'close' in ERROR_CODES[code])
    expect(Object.keys(LINK_ERROR_CODES)).toEqual(expect.arrayContaining(closing))
  })

  it('knows its own codes only', () => {
    expect(isErrorCode('KEY_UNKNOWN')).toBe(true)
    expect(isErrorCode('toString')).toBe(false)
  })
})
