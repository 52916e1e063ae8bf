import { createRowSink, ensureRoom, type RowSink } from '../platform/clickhouse/row-binary.ts'

/** Told once when everything that was written before it was attached is stored. */
export interface Receipt {
  settle(): void
}

/** Rows of one insert: their bytes never change again, so that a repeat of the insert is the same insert. */
export interface FrozenRows {
  readonly bytes: Buffer
  /** Where each row begins. */
  readonly starts: Uint32Array
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
   * The chunk is stored: its bytes no longer count. Its receipts are settled once all chunks before it are stored too.
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
/** Memory of chunks that are over, kept for the next ones. */
const SPARES_MAX = 2
/** Memory of which a chunk used less than this share is given back rather than kept for the next. */
const SHARE_WORTH_KEEPING = 0.25

/** The place of a chunk in the order of the rows, which outlives the chunk while one before it is not stored. */
interface Place {
  /** When the chunk's first row came, in Unix milliseconds. */
  readonly firstMs: number
  readonly receipts: Receipt[]
  isStored: boolean
}

interface FrozenChunk extends FrozenRows {
  readonly sink: RowSink
  readonly place: Place
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
  const spares: RowSink[] = []
  let open = createChunk(SMALL_CHUNK_BYTES)
  const full: FrozenChunk[] = []
  /** Of chunks that are being written now, and of those that wait for one before them; in the order of their rows. */
  const taken: Place[] = []
  let frozenBytes = 0
  let frozenRows = 0
  let generation = 0

  function createChunk(bytes: number): OpenChunk {
    const fitting = spares.findIndex((spare) => spare.bytes.length >= bytes)
    const [sink = createRowSink(bytes)] = fitting < 0 ? [] : spares.splice(fitting, 1)
    sink.at = 0
    return { sink, end: 0, starts: new Uint32Array(1_024), rows: 0, receipts: [], firstMs: 0 }
  }

  function freezeOpen(): FrozenChunk {
    const { sink, end, starts, rows, receipts, firstMs } = open
    const [bytes, rowStarts] = [sink.bytes.subarray(0, end), starts.subarray(0, rows)]
    const chunk = { sink, bytes, starts: rowStarts, place: { firstMs, receipts, isStored: false } }
    frozenBytes += end
    frozenRows += rows
    generation += 1
    // After a full chunk comes another, which should not have to grow.
    open = createChunk(end >= chunkBytesMax ? chunkBytesMax + SMALL_CHUNK_BYTES : SMALL_CHUNK_BYTES)
    return chunk
  }

  /** Keeps the largest ones. */
  function keep({ sink, bytes }: FrozenChunk): void {
    const size = sink.bytes.length
    if (size > SMALL_CHUNK_BYTES && bytes.length < size * SHARE_WORTH_KEEPING) return
    spares.push(sink)
    spares.sort((a, b) => a.bytes.length - b.bytes.length)
    if (spares.length > SPARES_MAX) spares.shift()
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
      const last = open.rows > 0 ? open : (full.at(-1)?.place ?? taken.at(-1))
      if (last === undefined) receipt.settle()
      else last.receipts.push(receipt)
    },

    generation: () => generation,
    hasRoom: (bytes, share = 1) => frozenBytes + open.end + bytes <= capacityBytes * share,
    isFull: () => frozenBytes + open.end >= capacityBytes,
    size: () => ({ bytes: frozenBytes + open.end, rows: frozenRows + open.rows }),
    oldestMs: () => (full.length > 0 ? 0 : open.rows > 0 ? open.firstMs : undefined),
    waitingSinceMs() {
      const first = taken[0] ?? full[0]?.place
      return first?.firstMs ?? (open.rows > 0 ? open.firstMs : undefined)
    },
    hasFullChunk: () => full.length > 0,

    freeze() {
      const chunk = full.shift() ?? (open.rows > 0 ? freezeOpen() : undefined)
      if (chunk !== undefined) taken.push(chunk.place)
      return chunk
    },

    stored(chunk, mayReuse) {
      const its = chunk as FrozenChunk
      its.place.isStored = true
      frozenBytes -= chunk.bytes.length
      frozenRows -= chunk.starts.length
      if (mayReuse) keep(its)
      while (taken[0]?.isStored === true) for (const receipt of taken.shift()?.receipts ?? []) receipt.settle()
    },
  }
}
