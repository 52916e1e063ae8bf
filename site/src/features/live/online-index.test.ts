import { describe, expect, it } from 'vitest'
import { createOnlineIndex, isLiveEvent, type LiveEvent, type OnlinePlayer } from './online-index.ts'

const player = (change: Partial<OnlinePlayer> = {}): OnlinePlayer => ({
  playerId: 'p1',
  playerName: 'Anna',
  sessionId: 's1',
  server: 'proxy-1',
  gamemode: 'Lobby',
  platform: 'java',
  device: '',
  country: 'DE',
  domain: 'play.example.net',
  version: '1.21.11',
  startedAtMs: 1_000,
  ...change,
})
const event = (type: string, change: Partial<LiveEvent> = {}): LiveEvent => ({
  type,
  atMs: 2_000,
  server: 'proxy-1',
  playerId: 'p1',
  playerName: 'Anna',
  sessionId: 's1',
  details: {},
  ...change,
})

function setUp(listed: readonly OnlinePlayer[] = [], since: readonly LiveEvent[] = []) {
  const index = createOnlineIndex()
  index.replace(listed, since)
  return { index, list: () => Array.from(index.players()) }
}

describe('who is online', () => {
  it('changes with joins, switches and leaves', () => {
    const { index, list } = setUp()
    const details = {
      gamemode: 'Lobby',
      platform: 'bedrock',
      device: 'ios',
      country: 'AT',
      domain: 'a.gg',
      version: '',
    }
    expect(index.apply(event('session_start', { details }))).toBe(true)
    expect(list()).toEqual([
      player({ platform: 'bedrock', device: 'ios', country: 'AT', domain: 'a.gg', version: '', startedAtMs: 2_000 }),
    ])
    expect(index.apply(event('gamemode_switch', { details: { to: 'surv-1', toGamemode: 'Survival' } }))).toBe(true)
    expect(list()[0]?.gamemode).toBe('Survival')
    expect(index.apply(event('session_end'))).toBe(true)
    expect(index.size).toBe(0)
  })

  it('counts a player once whom a proxy and a server report, until both say that they left', () => {
    const { index, list } = setUp([player({ gamemode: '' })])
    const onServer = { sessionId: 's2', server: 'survival-1' }
    index.apply(event('session_start', { ...onServer, details: { gamemode: 'Survival' } }))
    expect(list()).toMatchObject([{ sessionId: 's1', server: 'proxy-1', gamemode: 'Survival' }])
    index.apply(event('session_end'))
    expect(list()).toMatchObject([{ sessionId: 's2', server: 'survival-1' }])
    index.apply(event('session_end', onServer))
    expect(list()).toEqual([])
  })

  it('knows what happened while the list was on its way', () => {
    const { list } = setUp(
      [player(), player({ playerId: 'p2', sessionId: 's2' })],
      [event('session_end'), event('session_start', { playerId: 'p3', sessionId: 's3' })],
    )
    expect(list().map(({ playerId }) => playerId)).toEqual(['p2', 'p3'])
  })

  it('passes over what it does not know', () => {
    const { index } = setUp([player()])
    expect(index.apply(event('crate_opened'))).toBe(false)
    expect(index.apply(event('refused', { playerId: null, sessionId: null }))).toBe(false)
    expect(index.apply(event('session_end', { playerId: 'nobody' }))).toBe(false)
    expect([{}, null, 'x', { type: 'a', atMs: 1 }, event('a')].map(isLiveEvent)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
  })
})
