import type { NetworkProgress } from '@mctrack/sdk/simulator'
import { expect, it } from 'vitest'
import { describeProgress, toProgressRecord } from './report.ts'

const live: NetworkProgress = {
  phase: 'live',
  historyShare: 1,
  tally: {
    sessions: 1_200,
    playersOnline: 180,
    eventsSent: 9_000,
    eventsAcknowledged: 8_950,
    eventsRefused: 0,
    eventsDropped: 0,
  },
}
const loading: NetworkProgress = { ...live, phase: 'history', historyShare: 0.42 }

it('says who is online and what was acknowledged', () => {
  expect(describeProgress([live], 49.6)).toBe(
    'Simulating  180 players online  1,200 sessions  9,000 events sent  8,950 acknowledged  50/s',
  )
})

it('tells of several networks in the words of the one that is behind', () => {
  expect(describeProgress([live, loading], 0)).toMatch(/^Loading history 42 % {2}2,400 sessions/)
})

it('says when events were refused', () => {
  const refused = { ...live, tally: { ...live.tally, eventsRefused: 3 } }
  expect(describeProgress([refused], 0)).toMatch(/3 refused$/)
})

it('has the same fields for scripts at all times', () => {
  expect(toProgressRecord([live, loading], { atMs: 5, eventsPerSecond: 49.6 })).toEqual({
    kind: 'progress',
    atMs: 5,
    phase: 'history',
    sessions: 2_400,
    playersOnline: 360,
    eventsSent: 18_000,
    eventsAcknowledged: 17_900,
    eventsRefused: 0,
    eventsDropped: 0,
    eventsPerSecond: 50,
  })
})
