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
  /** At once; more than one only while full chunks wait. */
  readonly insertsMax: number
  readonly retryMsMin: number
  readonly retryMsMax: number
}

export interface Flusher {
  /** Rows were written: looks whether they should go. Cheap enough for every batch. */
  poke(): void
  /** Whether an insert failed for a reason that is not the rows', and is not decided yet. */
  isFailing(): boolean
  /** Writes what is held until nothing is left or the time is over, then stops. Returns the rows that are left. */
  close(timeoutMs: number): Promise<number>
}

/** Writes a table's buffer: few inserts at a time, frozen bytes repeated until they are stored, bad rows set apart. */
export function createFlusher(deps: FlusherDeps, options: FlusherOptions): Flusher {
  const { buffer, insert, onPoison, onStored, onFailure, now } = deps
  const { intervalMs, lingerMs, insertsMax, retryMsMin, retryMsMax } = options
  let timer: NodeJS.Timeout | undefined
  let running = 0
  let lastStartMs = 0
  /** Inserts whose last attempt failed. */
  let failing = 0
  let closing = false
  let stopped = false
  const retryWakers = new Set<() => void>()
  const idleWaiters: Array<() => void> = []

  function poke(): void {
    if (stopped) return
    while (running < insertsMax && (buffer.hasFullChunk() || (closing && buffer.oldestMs() !== undefined))) void run()
    const oldestMs = buffer.oldestMs()
    if (running > 0 || oldestMs === undefined || timer !== undefined) return
    const dueMs = Math.max(oldestMs + lingerMs, lastStartMs + intervalMs)
    timer = setTimeout(() => void run(), Math.max(0, dueMs - now()))
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const chunk = buffer.freeze()
    if (chunk === undefined) return
    running += 1
    lastStartMs = now()
    const wasSmooth = await write(chunk)
    running -= 1
    if (!stopped) {
      buffer.stored(chunk, wasSmooth)
      poke()
    }
    wakeIfIdle()
  }

  function wakeIfIdle(): void {
    if (stopped || (running === 0 && buffer.oldestMs() === undefined)) for (const wake of idleWaiters.splice(0)) wake()
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
      if (tries === 1 && outcome.kind === 'failed') failing += 1
      if (tries > 1 && outcome.kind !== 'failed') failing -= 1
      if (outcome.kind !== 'failed' || stopped) return { outcome, tries }
      onFailure(outcome.reason, retryMs)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(retry)
          retryWakers.delete(wake)
          resolve()
        }
        const retry = setTimeout(wake, retryMs)
        retryWakers.add(wake)
      })
      retryMs = Math.min(retryMsMax, retryMs * 2)
      if (stopped) return { outcome, tries }
    }
  }

  return {
    poke,
    isFailing: () => failing > 0,
    async close(timeoutMs) {
      closing = true
      const idle = new Promise<void>((resolve) => idleWaiters.push(resolve))
      const deadline = setTimeout(() => {
        stopped = true
        for (const wake of retryWakers) wake()
        wakeIfIdle()
      }, timeoutMs)
      for (const wake of retryWakers) wake()
      poke()
      wakeIfIdle()
      await idle
      clearTimeout(deadline)
      clearTimeout(timer)
      stopped = true
      return buffer.size().rows
    },
  }
}
