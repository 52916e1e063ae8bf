import { EVENT } from '@mctrack/sdk/protocol'
import { expect, it } from 'vitest'
import { createRowSink, type RowSink, uuidField } from '../../platform/clickhouse/row-binary.ts'
import { type Row, UINT64_MAX, writeRow } from '../../storage/index.ts'
import { writePurchaseRow } from './purchase-row.ts'
import { type RowOwner, SESSION_ROW_BYTES_MAX, writeSessionRow, writeStayRow } from './session-row.ts'

const T0 = 1_763_680_000_123
const NETWORK = new Uint8Array(16).fill(1)
const SESSION = Uint8Array.from({ length: 16 }, (_, i) => i)
const PLAYER = new Uint8Array(16).fill(3)
const INSTANCE = new Uint8Array(16).fill(4)

const owner: RowOwner = {
  networkIdField: uuidField(NETWORK),
  serverName: 'Vermittlung-ü',
  instanceId: INSTANCE,
  serverKind: 'proxy',
  dayOf: (atMs) => Math.floor(atMs / 86_400_000),
}
const record = {
  key: 's',
  sessionId: SESSION,
  playerKey: 'p',
  playerId: PLAYER,
  playerName: 'Spieler_😀',
  startedAtMs: T0,
  domain: `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.example`,
  platform: 'bedrock',
  device: 'ios',
  country: 'DE',
  protocolVersion: 4_294_967_295,
  clientVersion: '1.21.11',
} as const

function written(write: (sink: RowSink) => void): string {
  const sink = createRowSink(SESSION_ROW_BYTES_MAX)
  write(sink)
  expect(sink.at).toBeLessThanOrEqual(SESSION_ROW_BYTES_MAX)
  return sink.bytes.subarray(0, sink.at).toString('hex')
}

const session: Row<'network_sessions'> = {
  network_id: NETWORK,
  session_id: SESSION,
  player_id: PLAYER,
  player_name: record.playerName,
  server_name: 'Vermittlung-ü',
  server_kind: 1,
  instance_id: INSTANCE,
  started_at: T0,
  ended_at: null,
  end_reason: 0,
  afk_ms: 0,
  domain: record.domain,
  platform: 2,
  device: 'ios',
  country: 'DE',
  protocol_version: 4_294_967_295,
  client_version: '1.21.11',
  is_secondary: 0,
  first_day: Math.floor(T0 / 86_400_000),
  last_day: Math.floor(T0 / 86_400_000),
  received_at: T0 + 50,
  version: 0,
}

it('writes an open session as the plain writer does', () => {
  const row = { end: null, isSecondary: false, receivedAtMs: T0 + 50, version: 0 }
  expect(written((sink) => writeSessionRow(sink, owner, record, row))).toBe(
    written((sink) => writeRow(sink, 'network_sessions', session)),
  )
})

it('writes the end of a session as the plain writer does, with its days', () => {
  const endedAtMs = T0 + 3 * 86_400_000
  const end = { endedAtMs, reason: 'other', afkMs: 4_294_967_295 } as const
  const row = { end, isSecondary: true, receivedAtMs: T0 + 50, version: 'final' } as const
  const expected = {
    ...session,
    ended_at: endedAtMs,
    end_reason: 7,
    afk_ms: 4_294_967_295,
    is_secondary: 1,
    last_day: session.first_day + 3,
    version: UINT64_MAX,
  }
  expect(written((sink) => writeSessionRow(sink, owner, record, row))).toBe(
    written((sink) => writeRow(sink, 'network_sessions', expected)),
  )
})

it('writes a stay as the plain writer does', () => {
  const stay = { ordinal: 7, backend: 'survival-1', startedAtMs: T0 + 1 }
  const row = { stay, gamemode: 'survival', endedAtMs: T0 + 2, isSecondary: false, receivedAtMs: T0 + 50, version: T0 }
  expect(written((sink) => writeStayRow(sink, owner, record, row))).toBe(
    written((sink) =>
      writeRow(sink, 'gamemode_sessions', {
        network_id: NETWORK,
        session_id: SESSION,
        ordinal: 7,
        player_id: PLAYER,
        server_name: 'Vermittlung-ü',
        backend: 'survival-1',
        gamemode: 'survival',
        started_at: T0 + 1,
        ended_at: T0 + 2,
        domain: record.domain,
        platform: 2,
        device: 'ios',
        country: 'DE',
        client_version: '1.21.11',
        is_secondary: 0,
        received_at: T0 + 50,
        version: T0,
      }),
    ),
  )
})

it('writes a purchase as the plain writer does, with its amount in minor units', () => {
  const purchase = {
    kind: 'purchase',
    eventId: SESSION,
    atMs: T0,
    sessionId: null,
    playerId: PLAYER,
    store: 'paynow',
    transactionId: 'tx-1',
    product: 'VIP "gold"',
    amountMinor: -499,
    currency: 'EUR',
  } as const
  expect(EVENT.purchase).toBe(4)
  expect(written((sink) => writePurchaseRow(sink, owner, purchase, T0 + 50))).toBe(
    written((sink) =>
      writeRow(sink, 'events', {
        network_id: NETWORK,
        event_id: SESSION,
        kind: 3,
        name: 'purchase',
        at: T0,
        session_id: new Uint8Array(16),
        player_id: PLAYER,
        server_name: 'Vermittlung-ü',
        properties:
          '{"store":"paynow","transactionId":"tx-1","product":"VIP \\"gold\\"","amountMinor":-499,"currency":"EUR"}',
        received_at: T0 + 50,
      }),
    ),
  )
})
