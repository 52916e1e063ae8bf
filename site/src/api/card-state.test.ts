import { describe, expect, it } from 'vitest'
import { type CardEvent, type CardState, nextCardState, retryDelayMs } from './card-state.ts'

const ERROR = { code: 'STORAGE_UNAVAILABLE', message: 'Away.', status: 503 }
const ok = (data: number, atMs = 0): CardEvent<number> => ({ kind: 'answered', result: { kind: 'ok', data }, atMs })
const failed: CardEvent<number> = { kind: 'answered', result: { kind: 'failed', error: ERROR }, atMs: 9 }
const aborted: CardEvent<number> = { kind: 'answered', result: { kind: 'aborted' }, atMs: 9 }
const again: CardEvent<number> = { kind: 'asked', isNewQuestion: false }
const other: CardEvent<number> = { kind: 'asked', isNewQuestion: true }
const after = (...events: Array<CardEvent<number>>): CardState<number> =>
  events.reduce<CardState<number>>(nextCardState, { kind: 'loading' })

describe('a card', () => {
  it('shows the answer', () => {
    expect(after(ok(5, 3))).toMatchObject({ kind: 'ready', data: 5, atMs: 3, isRefreshing: false })
  })

  it('keeps old data with its age and the error when asking again fails', () => {
    expect(after(ok(5, 3), again, failed)).toMatchObject({
      kind: 'ready',
      data: 5,
      atMs: 3,
      error: ERROR,
      isRefreshing: false,
    })
  })

  it('forgets the error with the next answer', () => {
    expect(after(ok(5), again, failed, again, ok(6, 8))).toMatchObject({ data: 6, atMs: 8, error: undefined })
  })

  it('shows the error when there is nothing else, and that it is trying again', () => {
    expect(after(failed)).toEqual({ kind: 'failed', error: ERROR, isRetrying: false })
    expect(after(failed, again)).toEqual({ kind: 'failed', error: ERROR, isRetrying: true })
  })

  it('shows the data of the last question while another is asked, but never as its answer', () => {
    expect(after(ok(5), other)).toMatchObject({ kind: 'ready', data: 5, isOutdated: true })
    expect(after(ok(5), other, failed)).toMatchObject({ kind: 'failed' })
    expect(after(ok(5), other, ok(7))).toMatchObject({ kind: 'ready', data: 7, isOutdated: false })
  })

  it('changes nothing for a question that was taken back', () => {
    expect(after(ok(5), again, aborted)).toEqual(after(ok(5), again))
  })
})

describe('asking again by itself', () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [6, 60_000],
    [50, 60_000],
  ])('waits after %d failures for %d ms', (failures, delayMs) => {
    expect(retryDelayMs(ERROR, failures)).toBe(delayMs)
  })

  it("heeds the collector's word", () => {
    expect(retryDelayMs({ ...ERROR, retryAfterMs: 30_000 }, 1)).toBe(30_000)
  })

  it('leaves it where somebody has to change something', () => {
    expect(retryDelayMs({ ...ERROR, status: 403 }, 1)).toBeUndefined()
  })
})
