import { describe, expect, it } from 'vitest'
import { TIMELINE_DAYS_MAX, type TimelineSession, timelineDays } from './timeline-days.ts'

const HOUR_MS = 3_600_000
const at = (text: string): number => Date.parse(text)
const session = (from: string, to: string | null, gamemodes: TimelineSession['gamemodes'] = []): TimelineSession => ({
  sessionId: from,
  startedAtMs: at(from),
  endedAtMs: to === null ? null : at(to),
  gamemodes,
})
const options = { nowMs: at('2026-11-20T12:00:00Z'), timeZone: 'UTC', isWhole: true }

describe('timelineDays', () => {
  it('puts a session over midnight into both of its days, the newest first', () => {
    const { days, isCut } = timelineDays([session('2026-11-18T23:00:00Z', '2026-11-19T06:00:00Z')], options)

    expect(days.map(({ date }) => date.day)).toEqual([19, 18])
    expect(days[0]?.spans).toMatchObject([{ left: 0, width: 0.25 }])
    expect(days[1]?.spans[0]?.left).toBeCloseTo(23 / 24)
    expect(isCut).toBe(false)
  })

  it('shows days between on which nobody played, and no more than two weeks', () => {
    const sessions = [
      session('2026-11-20T01:00:00Z', '2026-11-20T02:00:00Z'),
      session('2026-10-01T01:00:00Z', '2026-10-01T02:00:00Z'),
    ]
    const { days, isCut } = timelineDays(sessions, options)

    expect(days).toHaveLength(TIMELINE_DAYS_MAX)
    expect(days.filter(({ spans }) => spans.length > 0)).toHaveLength(1)
    expect(isCut).toBe(true)
  })

  it('draws what was played above its session, and an open one until now', () => {
    const stays = [
      { gamemode: 'lobby', startedAtMs: at('2026-11-20T06:00:00Z'), endedAtMs: at('2026-11-20T07:00:00Z') },
      { gamemode: 'survival', startedAtMs: at('2026-11-20T07:00:00Z'), endedAtMs: null },
    ]
    const { days } = timelineDays([session('2026-11-20T06:00:00Z', null, stays)], options)

    expect(days[0]?.spans.map(({ gamemode, width }) => [gamemode, Math.round(width * 24)])).toEqual([
      [undefined, 6],
      ['lobby', 1],
      ['survival', 5],
    ])
  })

  it('follows the calendar of the network over a change of the clocks', () => {
    const { days } = timelineDays([session('2026-10-25T00:00:00Z', '2026-10-25T22:59:59Z')], {
      ...options,
      timeZone: 'Europe/Berlin',
    })

    expect(days).toHaveLength(1)
    expect(days[0]?.spans[0]?.left).toBeCloseTo(2 / 25)
    expect((days[0]?.startMs ?? 0) + 25 * HOUR_MS).toBe(at('2026-10-25T23:00:00Z'))
  })

  it('leaves out the oldest day of a list that goes on, of which it may have only the end', () => {
    const sessions = [
      session('2026-11-20T01:00:00Z', '2026-11-20T02:00:00Z'),
      session('2026-11-19T01:00:00Z', '2026-11-19T02:00:00Z'),
    ]

    expect(timelineDays(sessions, { ...options, isWhole: false })).toMatchObject({ days: [{}], isCut: true })
    expect(timelineDays(sessions, options).days).toHaveLength(2)
    expect(timelineDays([], options)).toEqual({ days: [], isCut: false })
  })
})
