import type { ErrorCode } from '@mctrack/sdk/protocol'
import { type Storage, untilStored } from '../storage/index.ts'
import { type DeadLetter, type DeadLetterSource, type DeadLetterState, SOURCE_CODE, STATE_CODE } from './dead-letter.ts'
import { scrub, scrubText } from './scrub.ts'
import type { Json } from './wire-names.ts'

/** Dead letters of one network kept a minute; what is beyond is counted only. */
const PER_MINUTE_MAX = 120
const MINUTE_MS = 60_000
const PAYLOAD_CHARS_MAX = 16_384
const NO_ID = '00000000-0000-0000-0000-000000000000'

export interface NewDeadLetter {
  readonly networkId: string
  readonly server: string
  readonly keyId: string | null
  readonly source: DeadLetterSource
  readonly code: ErrorCode
  readonly reason: string
  /** Called only when there is room: making it may cost something. */
  readonly payload: () => Json
}

export interface DeadLetters {
  /** Keeps what was refused, without addresses. Returns false when there were too many to keep. */
  keep(letter: NewDeadLetter): boolean
  /**
   * Says what became of a letter, and resolves once that is stored. Resolves with false when there is no room for it now.
   *
   * @throws MctrackError STORAGE_UNAVAILABLE when storing takes too long
   */
  settle(letter: DeadLetter, state: DeadLetterState): Promise<boolean>
}

export interface DeadLettersDeps {
  readonly storage: Storage
  readonly createId: () => string
  readonly now: () => number
  readonly onKept: (code: ErrorCode) => void
}

export function createDeadLetters({ storage, createId, now, onKept }: DeadLettersDeps): DeadLetters {
  let minute = 0
  let kept = new Map<string, number>()

  function hasRoom(networkId: string): boolean {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) {
      minute = current
      kept = new Map()
    }
    const count = (kept.get(networkId) ?? 0) + 1
    kept.set(networkId, count)
    return count <= PER_MINUTE_MAX
  }

  function toRow(letter: DeadLetter, version: number) {
    const payload = letter.payload === null ? '' : JSON.stringify(letter.payload)
    return {
      network_id: letter.networkId,
      dead_letter_id: letter.id,
      received_at: letter.receivedAtMs,
      server_name: letter.server,
      key_id: letter.keyId ?? NO_ID,
      source: SOURCE_CODE[letter.source],
      code: letter.code,
      reason: letter.reason,
      payload: payload.length > PAYLOAD_CHARS_MAX ? '' : payload,
      state: STATE_CODE[letter.state],
      version,
    }
  }

  return {
    keep({ payload, reason, ...letter }) {
      if (!hasRoom(letter.networkId)) return false
      const receivedAtMs = now()
      const full: DeadLetter = {
        ...letter,
        id: createId(),
        receivedAtMs,
        reason: scrubText(reason),
        payload: scrub(payload()),
        state: 'kept',
      }
      const isKept = storage.add('dead_letters', toRow(full, receivedAtMs))
      if (isKept) onKept(letter.code)
      return isKept
    },
    async settle(letter, state) {
      if (!storage.offer('dead_letters', toRow({ ...letter, state }, now()))) return false
      await untilStored([storage.buffer('dead_letters')])
      return true
    },
  }
}
