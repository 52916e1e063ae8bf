import { randomUUID } from 'node:crypto'
import type { FrozenRows, WriteBuffer } from './write-buffer.ts'

/**
 * What became of an insert:
 * - `stored`
 * - `refused`: the rows' content is at fault, so trying the same again is pointless
 * - `failed`: anything else; the rows may be stored or not, and are tried again as they are
 */
export type InsertOutcome =
  | { readonly kind: 'stored' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }

export interface FlusherDeps {
  readonly buffer: WriteBuffer
  /** Inserts rows; a repeat with the same token and bytes must not insert them again. Never throws. */
  readonly insert: (bytes: readonly Uint8Array[], token: string) => Promise<InsertOutcome>
  /** A row that the database refuses on its own. It counts as dealt with afterwards. */
  readonly onPoison: (row: Buffer, reason: string) => void
  readonly onStored: (info: { readonly rows: number; readonly bytes: number; readonly tookMs: number }) => void
  readonly onFailure: (reason: string, retryInMs: number) => void
  readonly now: () => number
}

export interface FlusherOptions {
  /** Between the starts of two inserts, unless a chunk is full: many small inserts are what ClickHouse bears least. */
  readonly intervalMs: number
  /** Even when the last insert is long ago, a row waits this long for company. */
  readonly lingerMs: number
  readonly retryMsMin: number
  readonly retryMsMax: number
}

export interface Flusher {
  /** Rows were written: looks whether they should go. Cheap enough for every batch. */
  poke(): void
  /** Whether the last insert failed for a reason that is not the rows'. */
  isFailing(): boolean
  /** Writes what is held until nothing is left or the time is over, then stops. Returns the rows that are left. */
  close(timeoutMs: number): Promise<number>
}

/** Writes a table's buffer: one insert at a time, frozen bytes repeated until they are stored, bad rows set apart. */
export function createFlusher(deps: FlusherDeps, options: FlusherOptions): Flusher {
  const { buffer, insert, onPoison, onStored, onFailure, now } = deps
  const { intervalMs, lingerMs, retryMsMin, retryMsMax } = options
  let timer: NodeJS.Timeout | undefined
  let running = false
  let lastStartMs = 0
  let failing = false
  let closing = false
  let stopped = false
  let wakeRetry: (() => void) | undefined
  const idleWaiters: Array<() => void> = []

  function poke(): void {
    if (running || stopped) return
    if (closing || buffer.hasFullChunk()) {
      clearTimeout(timer)
      timer = undefined
      void run()
      return
    }
    const oldestMs = buffer.oldestMs()
    if (oldestMs === undefined || timer !== undefined) return
    const dueMs = Math.max(oldestMs + lingerMs, lastStartMs + intervalMs)
    timer = setTimeout(
      () => {
        timer = undefined
        void run()
      },
      Math.max(0, dueMs - now()),
    )
  }

  async function run(): Promise<void> {
    if (running) return
    running = true
    lastStartMs = now()
    do {
      const chunk = buffer.freeze()
      if (chunk === undefined) break
      const wasSmooth = await write(chunk)
      if (stopped) break
      buffer.stored(chunk, wasSmooth)
    } while (closing || buffer.hasFullChunk())
    running = false
    if (buffer.oldestMs() === undefined || stopped) for (const wake of idleWaiters.splice(0)) wake()
    else poke()
  }

  /**
   * Halves what is refused until the bad rows stand alone; each part keeps its own token through all its repeats.
   *
   * @returns whether all went well at once, so that no attempt that was given up can still be reading the bytes
   */
  async function write(chunk: FrozenRows): Promise<boolean> {
    const parts: Array<readonly [from: number, to: number]> = [[0, chunk.starts.length]]
    let attempts = 0
    for (let part = parts.pop(); part !== undefined && !stopped; part = parts.pop()) {
      const [from, to] = part
      const bytes = chunk.bytes.subarray(chunk.starts[from], chunk.starts[to] ?? chunk.bytes.length)
      const startedMs = now()
      const { outcome, tries } = await insertUntilDecided(bytes)
      attempts += tries
      if (outcome.kind === 'stored') {
        onStored({ rows: to - from, bytes: bytes.length, tookMs: now() - startedMs })
      } else if (outcome.kind === 'refused') {
        if (to - from === 1) {
          onPoison(bytes, outcome.reason)
        } else {
          const middle = (from + to) >>> 1
          parts.push([middle, to], [from, middle])
        }
      }
    }
    return attempts === 1
  }

  async function insertUntilDecided(bytes: Buffer): Promise<{ outcome: InsertOutcome; tries: number }> {
    const token = randomUUID()
    let retryMs = retryMsMin
    for (let tries = 1; ; tries++) {
      const outcome = await insert([bytes], token)
      failing = outcome.kind === 'failed'
      if (outcome.kind !== 'failed' || stopped) return { outcome, tries }
      onFailure(outcome.reason, retryMs)
      await new Promise<void>((resolve) => {
        const retry = setTimeout(resolve, retryMs)
        wakeRetry = () => {
          clearTimeout(retry)
          resolve()
        }
      })
      retryMs = Math.min(retryMsMax, retryMs * 2)
      if (stopped) return { outcome, tries }
    }
  }

  return {
    poke,
    isFailing: () => failing,
    async close(timeoutMs) {
      closing = true
      const idle = new Promise<void>((resolve) => idleWaiters.push(resolve))
      const deadline = setTimeout(() => {
        stopped = true
        wakeRetry?.()
        for (const wake of idleWaiters.splice(0)) wake()
      }, timeoutMs)
      wakeRetry?.()
      if (!running && buffer.oldestMs() === undefined) for (const wake of idleWaiters.splice(0)) wake()
      else poke()
      await idle
      clearTimeout(deadline)
      clearTimeout(timer)
      stopped = true
      return buffer.size().rows
    },
  }
}
