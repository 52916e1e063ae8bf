import { describe, expect, it } from 'vitest'
import { readPlatformKey, toPlatformRows, toRows } from './dimension-rows.ts'

describe('toRows', () => {
  it('has the largest first, and keeps what is chosen', () => {
    expect(toRows({ AT: 1, DE: 5, '': 1 }, ['FR', 'DE'], (code) => code.toLowerCase())).toEqual([
      { key: 'DE', label: 'de', value: 5 },
      { key: '', label: '', value: 1 },
      { key: 'AT', label: 'at', value: 1 },
      { key: 'FR', label: 'fr', value: 0 },
    ])
  })
})

describe('toPlatformRows', () => {
  it('puts Java beside the devices of Bedrock, which add up to all players', () => {
    const counts = { byPlatform: { java: 10, bedrock: 5 }, byDevice: { '': 12, android: 2, ios: 1 } }
    expect(toPlatformRows(counts, { platform: [], device: ['xbox'] })).toEqual([
      { key: 'platform:java', label: 'Java', value: 10 },
      { key: 'device:android', label: 'Bedrock · Android', value: 2 },
      { key: 'platform:bedrock', label: 'Bedrock', value: 2 },
      { key: 'device:ios', label: 'Bedrock · iOS', value: 1 },
      { key: 'device:xbox', label: 'Bedrock · Xbox', value: 0 },
    ])
  })

  it('knows what a row filters by, whatever a device is called', () => {
    expect(readPlatformKey('device:a:b')).toEqual({ dimension: 'device', value: 'a:b' })
    expect(readPlatformKey('platform:java')).toEqual({ dimension: 'platform', value: 'java' })
  })
})
