import { createRowSink, ensureRoom, type RowSink } from '../platform/clickhouse/row-binary.ts'

/** Told once when everything that was written before it was attached is stored. */
export interface Receipt {
  settle(): void
}

/** Rows of one insert: their bytes never change again, so that a repeat of the insert is the same insert. */
export interface FrozenRows {
  /** When the first row came, in Unix milliseconds. */
  readonly firstMs: number
  readonly bytes: Buffer
  /** Where each row begins. */
  readonly starts: Uint32Array
  readonly receipts: readonly Receipt[]
}

/** The buffer of one table: rows go in one by one, and leave as frozen chunks in the order in which they came. */
export interface WriteBuffer {
  /** Begins a row with room for `bytes`, or returns undefined when the buffer is at capacity. */
  begin(bytes: number): RowSink | undefined
  /** Makes what was written since `begin` a row. */
  commit(): void
  /** Forgets what was written since `begin`. */
  rollback(): void
  /** Settles `receipt` once all rows written so far are stored; when nothing waits, at once. */
  attach(receipt: Receipt): void
  /** Counts up whenever a chunk is frozen; what is attached under one number is settled together. */
  generation(): number
  isFull(): boolean
  /** Whether `bytes` more fit, when only `share` of the capacity may be used. */
  hasRoom(bytes: number, share?: number): boolean
  /** Bytes and rows that are not stored yet. */
  size(): { readonly bytes: number; readonly rows: number }
  /** When the oldest row that is not frozen came, in Unix milliseconds, or undefined without one. */
  oldestMs(): number | undefined
  /** When the oldest row that is not stored yet came, or undefined when all are. */
  waitingSinceMs(): number | undefined
  /** Whether a chunk is ready that should not wait for its age. */
  hasFullChunk(): boolean
  /** Takes the next chunk out; the caller reports back with `stored`. */
  freeze(): FrozenRows | undefined
  /** The chunk is stored: its bytes no longer count, its receipts are settled. */
  stored(chunk: FrozenRows): void
}

export interface WriteBufferOptions {
  /** Bound on everything held here, the chunk being written included. */
  readonly capacityBytes: number
  readonly chunkBytesMax: number
  readonly chunkRowsMax: number
  readonly now: () => number
}

const FIRST_CHUNK_BYTES = 256 * 1024

interface OpenChunk {
  readonly sink: RowSink
  starts: Uint32Array
  rows: number
  receipts: Receipt[]
  firstMs: number
}

export function createWriteBuffer(options: WriteBufferOptions): WriteBuffer {
  const { capacityBytes, chunkBytesMax, chunkRowsMax, now } = options
  let open = createChunk()
  const full: Array<FrozenRows & { readonly receipts: Receipt[] }> = []
  /** Chunks that are being written now. */
  const taken = new Set<FrozenRows & { readonly receipts: Receipt[] }>()
  let frozenBytes = 0
  let frozenRows = 0
  let rowStart = 0
  let generation = 0

  function createChunk(): OpenChunk {
    return {
      sink: createRowSink(FIRST_CHUNK_BYTES),
      starts: new Uint32Array(1_024),
      rows: 0,
      receipts: [],
      firstMs: 0,
    }
  }

  function freezeOpen(): FrozenRows & { readonly receipts: Receipt[] } {
    const { sink, starts, rows, receipts, firstMs } = open
    const chunk = { bytes: sink.bytes.subarray(0, sink.at), starts: starts.subarray(0, rows), receipts, firstMs }
    frozenBytes += sink.at
    frozenRows += rows
    generation += 1
    open = createChunk()
    return chunk
  }

  return {
    begin(bytes) {
      if (frozenBytes + open.sink.at + bytes > capacityBytes) return undefined
      ensureRoom(open.sink, bytes)
      rowStart = open.sink.at
      return open.sink
    },

    commit() {
      if (open.rows === 0) open.firstMs = now()
      if (open.rows === open.starts.length) {
        const larger = new Uint32Array(open.starts.length * 2)
        larger.set(open.starts)
        open.starts = larger
      }
      open.starts[open.rows++] = rowStart
      if (open.sink.at >= chunkBytesMax || open.rows >= chunkRowsMax) {
        // Receipts of this turn are still to come; they attach to it or to the next, which is stored after it.
        full.push(freezeOpen())
      }
    },

    rollback() {
      open.sink.at = rowStart
    },

    attach(receipt) {
      const last = open.rows > 0 ? open : (full.at(-1) ?? Array.from(taken).at(-1))
      if (last === undefined) receipt.settle()
      else last.receipts.push(receipt)
    },

    generation: () => generation,
    hasRoom: (bytes, share = 1) => frozenBytes + open.sink.at + bytes <= capacityBytes * share,
    isFull: () => frozenBytes + open.sink.at >= capacityBytes,
    size: () => ({ bytes: frozenBytes + open.sink.at, rows: frozenRows + open.rows }),
    oldestMs: () => (full.length > 0 ? 0 : open.rows > 0 ? open.firstMs : undefined),
    waitingSinceMs() {
      const [first] = taken.size > 0 ? taken : full
      return first?.firstMs ?? (open.rows > 0 ? open.firstMs : undefined)
    },
    hasFullChunk: () => full.length > 0,

    freeze() {
      const chunk = full.shift() ?? (open.rows > 0 ? freezeOpen() : undefined)
      if (chunk !== undefined) taken.add(chunk)
      return chunk
    },

    stored(chunk) {
      taken.delete(chunk as FrozenRows & { readonly receipts: Receipt[] })
      frozenBytes -= chunk.bytes.length
      frozenRows -= chunk.starts.length
      for (const receipt of chunk.receipts) receipt.settle()
    },
  }
}
