import { describe, expect, it } from 'vitest'
import { isRefusedNow, type KeyState, listJoinSteps } from './join-steps.ts'

const NOTHING: KeyState = {
  connected: false,
  lastHelloAtMs: null,
  firstEventAtMs: null,
  firstPlayerAtMs: null,
  lastRefusal: null,
  clockOffsetMs: null,
}
const refusal = (atMs: number): KeyState['lastRefusal'] => ({ code: 'CLOCK_OFF', message: 'The clock is off.', atMs })
const states = (change: Partial<KeyState>) => listJoinSteps({ ...NOTHING, ...change }).map(({ state }) => state)

describe('listJoinSteps', () => {
  it('waits for a server first', () => {
    expect(states({})).toEqual(['now', 'later', 'later', 'later'])
  })

  it('goes on with each thing that happens', () => {
    expect(states({ connected: true, lastHelloAtMs: 10 })).toEqual(['done', 'done', 'now', 'later'])
    expect(states({ connected: true, lastHelloAtMs: 10, firstEventAtMs: 11 })).toEqual(['done', 'done', 'done', 'now'])
    expect(states({ lastHelloAtMs: 10, firstEventAtMs: 11, firstPlayerAtMs: 12 })).toEqual(Array(4).fill('done'))
  })

  it('takes events that came over HTTP for a key that was accepted', () => {
    expect(states({ firstEventAtMs: 11, firstPlayerAtMs: 11 })).toEqual(Array(4).fill('done'))
  })

  it('shows a refusal at the step that it keeps from being done', () => {
    expect(states({ lastRefusal: refusal(5) })).toEqual(['done', 'failed', 'later', 'later'])
    expect(states({ connected: true, lastHelloAtMs: 10, lastRefusal: refusal(12) })).toEqual([
      'done',
      'done',
      'failed',
      'later',
    ])
    expect(states({ lastHelloAtMs: 10, lastRefusal: refusal(12) })).toEqual(['done', 'failed', 'later', 'later'])
  })

  it('forgets a refusal once it is over', () => {
    const connected = { connected: true, lastHelloAtMs: 10, lastRefusal: refusal(5) }
    expect(states(connected)).toEqual(['done', 'done', 'now', 'later'])
    expect(isRefusedNow({ ...NOTHING, ...connected })).toBe(false)
  })
})
