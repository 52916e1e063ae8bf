import { MctrackError } from '../platform/error.ts'
import type { Storage } from './storage.ts'
import { TABLE_NAMES } from './tables.ts'
import type { WriteBuffer } from './write-buffer.ts'

/** Who waits for an answer is told to come back after this. What was written may still be stored. */
const STORED_TIMEOUT_MS = 15_000
const RETRY_AFTER_MS = 5_000

/**
 * Resolves when everything that was written to these buffers so far is stored.
 *
 * @throws MctrackError STORAGE_UNAVAILABLE when that takes too long
 */
export function untilStored(buffers: readonly WriteBuffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let pending = buffers.length
    const timer = setTimeout(
      () => reject(new MctrackError('STORAGE_UNAVAILABLE', undefined, { retryAfterMs: RETRY_AFTER_MS })),
      STORED_TIMEOUT_MS,
    )
    const receipt = {
      settle() {
        pending -= 1
        if (pending > 0) return
        clearTimeout(timer)
        resolve()
      },
    }
    for (const buffer of buffers) buffer.attach(receipt)
  })
}

/**
 * Resolves when everything that this process holds is stored.
 *
 * @throws MctrackError STORAGE_UNAVAILABLE when that takes too long
 */
export function untilAllStored(storage: Pick<Storage, 'buffer' | 'poke'>): Promise<void> {
  for (const table of TABLE_NAMES) storage.poke(table)
  return untilStored(TABLE_NAMES.map(storage.buffer))
}
