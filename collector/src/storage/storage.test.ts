import { expect, it } from 'vitest'
import { createLog } from '../platform/log.ts'
import { createStorage } from './storage.ts'

const ID = '019aa000-0000-7000-8000-000000000001'

it('says at its end what senders keep, and what is lost with this process', async () => {
  const away = async (): Promise<never> => {
    throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  }
  const storage = createStorage({
    clickhouse: { select: away, command: away, insert: away, ping: async () => false, close: async () => undefined },
    log: createLog({ level: 'silent', format: 'json' }),
    now: Date.now,
    onPoison: () => undefined,
    onStored: () => undefined,
    onFailure: () => undefined,
    onLost: () => undefined,
  })
  const gap = { network_id: ID, server_name: '', started_at: 1, ended_at: 2, reason: 1, lost_events: 0 }
  for (const started_at of [1, 2]) storage.add('gaps', { ...gap, started_at })
  const sender = { server_name: 'lobby-1', key_id: ID }
  storage.add('ingest_minutes', {
    network_id: ID,
    minute: 1,
    outcome: 'accepted',
    collector_id: ID,
    events: 1,
    ...sender,
  })
  storage.add('gamemode_sessions', {
    network_id: ID,
    session_id: ID,
    ordinal: 0,
    player_id: ID,
    server_name: '',
    backend: 'lobby',
    gamemode: 'lobby',
    started_at: 1,
    ended_at: null,
    domain: '',
    platform: 1,
    device: '',
    country: '',
    client_version: '',
    is_secondary: 0,
    received_at: 1,
    version: 1,
  })
  expect(await storage.close(50)).toEqual({ kept: 1, lost: { gaps: 2, ingest_minutes: 1 } })
})
