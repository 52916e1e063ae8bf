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
  /**
   * Begins a row with room for `bytes`, or returns undefined when the buffer is at capacity. What was begun before and
   * never committed is written over.
   */
  begin(bytes: number): RowSink | undefined
  /** Makes what was written since `begin` a row. */
  commit(): void
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
  /**
   * The chunk is stored: its bytes no longer count, its receipts are settled.
   *
   * @param mayReuse nothing reads the chunk's bytes any more, so that they may be written over
   */
  stored(chunk: FrozenRows, mayReuse: boolean): void
}

export interface WriteBufferOptions {
  /** Bound on everything held here, the chunk being written included. */
  readonly capacityBytes: number
  readonly chunkBytesMax: number
  readonly chunkRowsMax: number
  readonly now: () => number
}

/** Begins a row where the caller has made sure that there is room. */
export function beginRow(buffer: WriteBuffer, bytes: number): RowSink {
  const sink = buffer.begin(bytes)
  if (sink === undefined) throw new Error('a row was written without asking whether there is room')
  return sink
}

const SMALL_CHUNK_BYTES = 256 * 1024
/** Memory of which a chunk used less than this share is given back rather than kept for the next. */
const SHARE_WORTH_KEEPING = 0.25

interface FrozenChunk extends FrozenRows {
  readonly receipts: Receipt[]
  readonly sink: RowSink
}

interface OpenChunk {
  readonly sink: RowSink
  /** Where the last row ends: what stands behind it is no row. */
  end: number
  starts: Uint32Array
  rows: number
  receipts: Receipt[]
  firstMs: number
}

export function createWriteBuffer(options: WriteBufferOptions): WriteBuffer {
  const { capacityBytes, chunkBytesMax, chunkRowsMax, now } = options
  /** A chunk that is over may leave its memory to one to come: fresh memory costs more than all that is written to it. */
  let spare: RowSink | undefined
  let open = createChunk(SMALL_CHUNK_BYTES)
  const full: FrozenChunk[] = []
  /** Chunks that are being written now. */
  const taken = new Set<FrozenChunk>()
  let frozenBytes = 0
  let frozenRows = 0
  let generation = 0

  function createChunk(bytes: number): OpenChunk {
    const sink = spare !== undefined && spare.bytes.length >= bytes ? spare : createRowSink(bytes)
    if (sink === spare) spare = undefined
    sink.at = 0
    return { sink, end: 0, starts: new Uint32Array(1_024), rows: 0, receipts: [], firstMs: 0 }
  }

  function freezeOpen(): FrozenChunk {
    const { sink, end, starts, rows, receipts, firstMs } = open
    const chunk = { sink, bytes: sink.bytes.subarray(0, end), starts: starts.subarray(0, rows), receipts, firstMs }
    frozenBytes += end
    frozenRows += rows
    generation += 1
    // After a full chunk comes another, which should not have to grow.
    open = createChunk(end >= chunkBytesMax ? chunkBytesMax + SMALL_CHUNK_BYTES : SMALL_CHUNK_BYTES)
    return chunk
  }

  function isWorthKeeping({ sink, bytes }: FrozenChunk): boolean {
    const size = sink.bytes.length
    if (spare !== undefined && spare.bytes.length >= size) return false
    return size <= SMALL_CHUNK_BYTES || bytes.length >= size * SHARE_WORTH_KEEPING
  }

  return {
    begin(bytes) {
      if (frozenBytes + open.end + bytes > capacityBytes) return undefined
      open.sink.at = open.end
      ensureRoom(open.sink, bytes)
      return open.sink
    },

    commit() {
      if (open.rows === 0) open.firstMs = now()
      if (open.rows === open.starts.length) {
        const larger = new Uint32Array(open.starts.length * 2)
        larger.set(open.starts)
        open.starts = larger
      }
      open.starts[open.rows++] = open.end
      open.end = open.sink.at
      if (open.end >= chunkBytesMax || open.rows >= chunkRowsMax) {
        // Receipts of this turn are still to come; they attach to it or to the next, which is stored after it.
        full.push(freezeOpen())
      }
    },

    attach(receipt) {
      const last = open.rows > 0 ? open : (full.at(-1) ?? Array.from(taken).at(-1))
      if (last === undefined) receipt.settle()
      else last.receipts.push(receipt)
    },

    generation: () => generation,
    hasRoom: (bytes, share = 1) => frozenBytes + open.end + bytes <= capacityBytes * share,
    isFull: () => frozenBytes + open.end >= capacityBytes,
    size: () => ({ bytes: frozenBytes + open.end, rows: frozenRows + open.rows }),
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

    stored(chunk, mayReuse) {
      const its = chunk as FrozenChunk
      taken.delete(its)
      frozenBytes -= chunk.bytes.length
      frozenRows -= chunk.starts.length
      if (mayReuse && isWorthKeeping(its)) spare = its.sink
      for (const receipt of chunk.receipts) receipt.settle()
    },
  }
}
