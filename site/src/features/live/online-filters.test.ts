import { describe, expect, it } from 'vitest'
import type { Dimension, Filter } from '../../url/filters.ts'
import { DEFAULT_SORT, pickPlayers } from './online-filters.ts'
import type { OnlinePlayer } from './online-index.ts'

const player = (playerName: string, change: Partial<OnlinePlayer> = {}): OnlinePlayer => ({
  playerId: playerName,
  playerName,
  sessionId: playerName,
  server: 'proxy-1',
  gamemode: 'Lobby',
  platform: 'java',
  device: '',
  country: 'DE',
  domain: '',
  version: '1.21.11',
  startedAtMs: 1_000,
  ...change,
})
const PLAYERS = [
  player('Bert', { startedAtMs: 3_000, gamemode: 'Survival' }),
  player('anna', { startedAtMs: 1_000, platform: 'bedrock', device: 'android' }),
  player('Chris', { startedAtMs: 2_000, platform: 'bedrock', device: '' }),
]
const is = (dimension: Dimension, ...values: string[]): Filter => ({ dimension, operator: 'is', values })

function pick(change: Partial<Parameters<typeof pickPlayers>[1]>): string[] {
  return pickPlayers(PLAYERS, { filters: [], search: '', sort: DEFAULT_SORT, ...change }).map(
    ({ playerId }) => playerId,
  )
}

describe('pickPlayers', () => {
  it('has those first who are online for longest', () => {
    expect(pick({})).toEqual(['anna', 'Chris', 'Bert'])
    expect(pick({ sort: { column: 'online', direction: 'ascending' } })).toEqual(['Bert', 'Chris', 'anna'])
    expect(pick({ sort: { column: 'name', direction: 'ascending' } })).toEqual(['anna', 'Bert', 'Chris'])
    expect(pick({ sort: { column: 'name', direction: 'descending' } })).toEqual(['Chris', 'Bert', 'anna'])
    expect(pick({ sort: { column: 'nonsense', direction: 'descending' } })).toEqual(['anna', 'Chris', 'Bert'])
  })

  it('takes those who match each filter, with unknown as a value', () => {
    expect(pick({ filters: [is('gamemode', 'Survival', 'Nothing')] })).toEqual(['Bert'])
    expect(pick({ filters: [is('domain', ''), is('country', 'AT')] })).toEqual([])
    expect(pick({ search: ' ANN ' })).toEqual(['anna'])
  })

  it('takes platforms and devices as one list', () => {
    expect(pick({ filters: [is('platform', 'java'), is('device', 'android')] })).toEqual(['anna', 'Bert'])
    expect(pick({ filters: [is('device', 'android')] })).toEqual(['anna'])
  })
})
