import {
  type RowSink,
  writeInt64,
  writeString,
  writeUInt8,
  writeUuid,
  writeZeroUuid,
} from '../../platform/clickhouse/row-binary.ts'
import type { IngestEvent } from '../event.ts'
import { EVENT_KIND, writeEventPrefix } from './event-row.ts'
import type { RowOwner } from './session-row.ts'

/** Writes a row of `events` for a purchase that was seen in the game. The store's own report is what counts as revenue. */
export function writePurchaseRow(
  sink: RowSink,
  owner: RowOwner,
  purchase: Extract<IngestEvent, { kind: 'purchase' }>,
  receivedAtMs: number,
): void {
  const { store, transactionId, product, amountMinor, currency } = purchase
  writeEventPrefix(sink, owner, receivedAtMs)
  writeUInt8(sink, EVENT_KIND.purchase)
  writeUuid(sink, purchase.eventId)
  if (purchase.sessionId === null) writeZeroUuid(sink)
  else writeUuid(sink, purchase.sessionId)
  writeUuid(sink, purchase.playerId)
  writeInt64(sink, purchase.atMs)
  writeString(sink, 'purchase')
  writeString(sink, JSON.stringify({ store, transactionId, product, amountMinor, currency }))
}
