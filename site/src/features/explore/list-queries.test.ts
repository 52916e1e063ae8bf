import { describe, expect, it } from 'vitest'
import { parseAppState } from '../../url/app-state.ts'
import { eventQuery, NAMES_RANGE_MS_MAX, namesRange } from '../events/event-query.ts'
import { DEFAULT_SORT, playerQuery } from '../players/player-query.ts'
import { sessionQuery } from '../sessions/session-query.ts'

const UUID = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const range = { fromMs: 1_000, toMs: undefined }
const times = { nowMs: Date.parse('2026-11-20T12:34:56Z'), timeZone: 'UTC' }
const state = (search: string) => parseAppState(new URLSearchParams(search))
const defined = (query: object) => JSON.parse(JSON.stringify(query))

describe('what the API is asked', () => {
  it.each([
    ['q=ann&reason=kick&state=open&gamemode=sky', { name: 'ann', reason: 'kick', open: 'true', gamemode: 'sky' }],
    [`q=${UUID.replaceAll('-', '').toUpperCase()}&country=`, { player: UUID, country: '' }],
    [`player=${UUID}&version=1.21`, { player: UUID, version: '1.21' }],
    // What makes no sense is not asked for: the API would refuse it.
    ['reason=constructor&platform=console&state=maybe&player=x&platform.not=java', {}],
  ])('for sessions with %s', (search, expected) => {
    expect(defined(sessionQuery(state(search), range))).toEqual({ fromMs: '1000', ...expected })
  })

  it.each([
    ['event=quest&property=level%3D5&type=custom', { name: 'quest', property: 'level', value: '5', kind: 'custom' }],
    [`q=${UUID}&server=proxy-1`, { player: UUID, server: 'proxy-1' }],
    ['q=ann&property=level&type=other', {}],
  ])('for events with %s', (search, expected) => {
    expect(defined(eventQuery(state(search), range))).toEqual({ fromMs: '1000', ...expected })
  })

  it.each([
    ['q=%20ann%20&state=online&sort=name', { search: 'ann', online: 'true', sort: 'name', order: 'asc' }],
    ['sort=constructor&platform=bedrock', { platform: 'bedrock', sort: DEFAULT_SORT.column, order: 'desc' }],
    [
      'first-seen=2026-11-01..2026-11-02&last-seen=today',
      {
        firstSeenFromMs: String(Date.parse('2026-11-01T00:00:00Z')),
        firstSeenToMs: String(Date.parse('2026-11-03T00:00:00Z')),
        lastSeenFromMs: String(Date.parse('2026-11-20T00:00:00Z')),
        sort: 'lastSeen',
        order: 'desc',
      },
    ],
  ])('for players with %s', (search, expected) => {
    expect(defined(playerQuery(state(search), times))).toEqual(expected)
  })

  it('for names only as far back as they are counted', () => {
    const nowMs = times.nowMs
    const long = namesRange({ fromMs: 0, toMs: undefined }, nowMs)
    expect(long.isCut).toBe(true)
    expect(nowMs - long.range.fromMs).toBeLessThanOrEqual(NAMES_RANGE_MS_MAX)
    expect(nowMs - long.range.fromMs).toBeGreaterThan(NAMES_RANGE_MS_MAX * 0.99)
    expect(namesRange({ fromMs: nowMs - 1, toMs: undefined }, nowMs)).toMatchObject({ isCut: false })
  })
})
