import { type ErrorCode, isErrorCode } from '@mctrack/sdk/protocol'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import type { DeadLetter, DeadLetterSource, DeadLetterState } from './dead-letter.ts'
import type { Json } from './wire-names.ts'

export interface DeadLetterFilter {
  readonly networkId: string
  readonly state?: DeadLetterState
  readonly code?: ErrorCode
  readonly id?: string
  /** Received before this, Unix milliseconds. */
  readonly beforeMs: number
  readonly limit: number
}

export interface DeadLetterStore {
  load(filter: DeadLetterFilter): Promise<DeadLetter[]>
  /** How many wait for a decision. */
  countKept(networkId: string): Promise<number>
}

interface LetterRow {
  readonly id: string
  readonly receivedAtMs: number
  readonly server: string
  readonly keyId: string
  readonly source: DeadLetterSource
  readonly code: string
  readonly reason: string
  readonly payload: string
  readonly state: DeadLetterState
}

const LIST = sqlFile(import.meta.url, 'queries/list.sql')
const COUNT_KEPT = sqlFile(import.meta.url, 'queries/count-kept.sql')
const NO_ID = /^[0-]*$/

export function createDeadLetterStore(clickhouse: ClickHouse): DeadLetterStore {
  return {
    async countKept(networkId) {
      const [row] = await clickhouse.select<{ letters: number }>(COUNT_KEPT, { networkId })
      return row?.letters ?? 0
    },
    async load({ networkId, state = '', code = '', id = '', beforeMs, limit }) {
      const rows = await clickhouse.select<LetterRow>(LIST, { networkId, state, code, id, beforeMs, limit })
      return rows.map((row) => ({
        ...row,
        networkId,
        keyId: NO_ID.test(row.keyId) ? null : row.keyId,
        code: isErrorCode(row.code) ? row.code : 'INTERNAL',
        payload: row.payload === '' ? null : (JSON.parse(row.payload) as Json),
      }))
    },
  }
}
