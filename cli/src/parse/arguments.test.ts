import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { daysOrForever, duration, ids, listOf, text, wholeNumber } from './arguments.ts'
import { parseErrorCode } from './parse-error-code.ts'

const ID = '019aa000-0000-7000-8000-00000000000A'

describe('what is taken', () => {
  it('is a whole number in its range', () => {
    expect(wholeNumber({ min: 1, max: 500 })('500')).toBe(500)
  })
  it('is a span of time in its range', () => {
    expect(duration({ minMs: 5_000, maxMs: 600_000, example: '30s' })('10m')).toBe(600_000)
  })
  it('is a number of days in its range, or for ever', () => {
    const days = daysOrForever({ min: 30, max: 3_650 })
    expect(['30', '3650', 'forever', 'FOREVER'].map(days)).toEqual([30, 3_650, 'forever', 'forever'])
  })
  it('is a text, without the space around it', () => {
    expect(text(5)(' Lobby ')).toBe('Lobby')
  })
  it('is one id after another, in lower case', () => {
    expect(ids(ID, ids(ID))).toEqual([ID.toLowerCase(), ID.toLowerCase()])
  })
  it('is a list with commas, or given again', () => {
    const read = listOf(text(10))
    expect(read('join, leave', read('switch'))).toEqual(['switch', 'join', 'leave'])
  })
  it('is an error code, however it is written', () => {
    expect(parseErrorCode(' event-in_future')).toBe('EVENT_IN_FUTURE')
  })
})

describe('what is refused with a sentence', () => {
  const limit = wholeNumber({ min: 1, max: 500 })
  const grace = duration({ minMs: 5_000, maxMs: 600_000, example: '30s' })
  const keep = daysOrForever({ min: 30, max: 3_650 })
  it.each([
    ['too few days', () => keep('29'), 'It must be a number of days from 30 to 3650, or "forever".'],
    ['no days', () => keep('never'), 'It must be a number of days from 30 to 3650, or "forever".'],
    ['a number below its range', () => limit('0'), 'It must be a whole number from 1 to 500.'],
    ['a number above its range', () => limit('501'), 'It must be a whole number from 1 to 500.'],
    ['half a number', () => limit('1.5'), 'It must be a whole number from 1 to 500.'],
    ['a number as programs write it', () => limit('0x10'), 'It must be a whole number from 1 to 500.'],
    ['no number', () => limit(''), 'It must be a whole number from 1 to 500.'],
    ['no span of time', () => grace('soon'), 'It must be a span of time such as 30s.'],
    ['a span below its range', () => grace('4s'), 'It must be from 5 s to 10 min.'],
    ['a span above its range', () => grace('11m'), 'It must be from 5 s to 10 min.'],
    ['an empty text', () => text(5)('  '), 'It must not be empty.'],
    ['a long text', () => text(5)('Lobbys'), 'It must have at most 5 characters.'],
    ['an empty part of a list', () => listOf(text(5))('a,,b'), 'It must not be empty.'],
    ['no id', () => ids('../keys'), 'It must be an id such as 019aa000-0000-7000-8000-000000000000.'],
    ['an unknown error code', () => parseErrorCode('toString'), 'It must be an error code such as EVENT_MALFORMED.'],
  ])('%s', (_, read, sentence) => {
    expect(read).toThrow(new InvalidArgumentError(sentence))
  })
})
