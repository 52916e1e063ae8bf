import { type Id, LANE, type Lane } from '../protocol/index.ts'
import type { SegmentFile, SpoolFiles } from './spool-files.ts'

/** A segment is sealed at this size; whole segments are what is dropped, unloaded and deleted. */
const SEGMENT_BYTES = 256 * 1024
/** Sealed segments beyond this stay on disk only and are read back when their turn comes. */
const LOADED_BYTES_MAX = 8 * 1024 * 1024

export interface SpoolStream {
  readonly instance: Id
  readonly lane: Lane
}

export interface SpoolStats {
  readonly bytes: number
  readonly events: number
}

/** Events that were given up because the spool was full: everything of the stream up to number `through`. */
export interface Drop {
  readonly stream: SpoolStream
  readonly through: number
  readonly events: number
}

/** Events that the disk no longer gives back. */
export interface LostEvents {
  readonly kind: 'lost'
  readonly through: number
  readonly events: number
}

/** Keeps numbered events, encoded, until the collector has stored them. Bounded: the oldest telemetry goes first. */
export interface Spool {
  /** Streams that earlier instances left, with the numbers of their first and last event. */
  leftovers(): ReadonlyArray<{ readonly stream: SpoolStream; readonly first: number; readonly last: number }>
  /** Opens the stream of a new instance. */
  open(instance: Id, lane: Lane): SpoolStream
  /** Keeps an event; numbers of a stream follow each other. Returns what had to go to make room. */
  append(stream: SpoolStream, number: number, event: Uint8Array): readonly Drop[]
  /** The events from number `first` on, as many as fit but at least one; undefined when there are none, or none now. */
  read(
    stream: SpoolStream,
    options: { readonly first: number; readonly eventsMax: number; readonly bytesMax: number },
  ):
    | { readonly kind: 'events'; readonly first: number; readonly events: readonly Uint8Array[] }
    | LostEvents
    | undefined
  /** Forgets everything of the stream up to number `through`. */
  release(stream: SpoolStream, through: number): void
  stats(): SpoolStats
  close(): void
}

interface Segment {
  readonly first: number
  count: number
  bytes: number
  /** Undefined while only on disk. */
  events: Uint8Array[] | undefined
  readonly file: SegmentFile | undefined
  sealed: boolean
}

interface Stream extends SpoolStream {
  readonly segments: Segment[]
  /** Highest number released; a segment is deleted when all of it is. */
  released: number
}

/**
 * @param files where segments are kept beside memory, or undefined to keep them in memory alone
 * @param bytesMax bound on everything kept, in bytes of encoded events
 */
export function createSpool(files: SpoolFiles | undefined, bytesMax: number): Spool {
  const streams: Stream[] = []
  let bytes = 0
  let loadedBytes = 0

  for (const { instance, lane, segments } of files?.load() ?? []) {
    const stream: Stream = { instance, lane, segments: [], released: 0 }
    for (const { file, first, count, bytes: size } of segments) {
      stream.segments.push({ first, count, bytes: size, events: undefined, file, sealed: true })
      bytes += size
    }
    streams.push(stream)
  }
  const earlier = streams.slice()

  function activeSegment(stream: Stream, number: number): Segment {
    const last = stream.segments.at(-1)
    if (last !== undefined && !last.sealed) return last
    const file = files?.create(stream.instance, stream.lane, number)
    const segment: Segment = { first: number, count: 0, bytes: 0, events: [], file, sealed: false }
    stream.segments.push(segment)
    return segment
  }

  function seal(segment: Segment): void {
    if (segment.sealed) return
    segment.sealed = true
    segment.file?.seal()
  }

  function remove(stream: Stream, segment: Segment): void {
    stream.segments.splice(stream.segments.indexOf(segment), 1)
    bytes -= segment.bytes
    if (segment.events !== undefined) loadedBytes -= segment.bytes
    segment.file?.remove()
  }

  /** Sealed segments that were not sent for long leave memory, newest first: the oldest are the next to be sent. */
  function unloadExcess(): void {
    if (files === undefined || loadedBytes <= LOADED_BYTES_MAX) return
    for (const stream of streams) {
      for (let i = stream.segments.length - 1; i > 0 && loadedBytes > LOADED_BYTES_MAX; i--) {
        const segment = stream.segments[i]
        if (segment?.events === undefined || !segment.sealed || segment.file?.isWhole() !== true) continue
        segment.events = undefined
        loadedBytes -= segment.bytes
      }
    }
  }

  function load(segment: Segment): readonly Uint8Array[] | undefined {
    if (segment.events === undefined) {
      const kept = segment.file?.read()
      if (kept === undefined) return undefined
      segment.events = kept.slice(0, segment.count)
      loadedBytes += segment.bytes
    }
    return segment.events
  }

  function makeRoom(): Drop[] {
    const drops: Drop[] = []
    for (const lane of [LANE.telemetry, LANE.sessions]) {
      for (const stream of streams) {
        while (bytes > bytesMax && stream.lane === lane) {
          const segment = stream.segments[0]
          if (segment === undefined) break
          const through = segment.first + segment.count - 1
          const events = through - Math.max(stream.released, segment.first - 1)
          remove(stream, segment)
          drops.push({ stream, through, events })
        }
      }
    }
    return drops
  }

  return {
    leftovers: () =>
      earlier.flatMap((stream) => {
        const first = stream.segments[0]
        const last = stream.segments.at(-1)
        return first === undefined || last === undefined
          ? []
          : [{ stream, first: first.first, last: last.first + last.count - 1 }]
      }),

    open(instance, lane) {
      const stream: Stream = { instance, lane, segments: [], released: 0 }
      streams.push(stream)
      return stream
    },

    append(handle, number, event) {
      const stream = handle as Stream
      const segment = activeSegment(stream, number)
      segment.events?.push(event)
      segment.file?.append(event)
      segment.count += 1
      segment.bytes += event.length
      bytes += event.length
      loadedBytes += event.length
      if (segment.bytes >= SEGMENT_BYTES) {
        seal(segment)
        unloadExcess()
      }
      return bytes > bytesMax ? makeRoom() : []
    },

    read(handle, { first, eventsMax, bytesMax: batchBytesMax }) {
      const stream = handle as Stream
      const segment = stream.segments.find((candidate) => candidate.first + candidate.count > first)
      if (segment === undefined) return undefined
      const start = Math.max(first, segment.first)
      const kept = load(segment)
      if (kept === undefined) return undefined
      if (kept.length < segment.count) {
        const through = segment.first + segment.count - 1
        remove(stream, segment)
        return { kind: 'lost', through, events: through - start + 1 }
      }
      const events: Uint8Array[] = []
      let size = 0
      for (const event of kept.slice(start - segment.first, start - segment.first + eventsMax)) {
        if (events.length > 0 && size + event.length > batchBytesMax) break
        events.push(event)
        size += event.length
      }
      unloadExcess()
      return { kind: 'events', first: start, events }
    },

    release(handle, through) {
      const stream = handle as Stream
      stream.released = Math.max(stream.released, through)
      for (let head = stream.segments[0]; head !== undefined; head = stream.segments[0]) {
        if (head.first + head.count - 1 > through) return
        remove(stream, head)
      }
    },

    stats() {
      let events = 0
      for (const stream of streams) {
        const last = stream.segments.at(-1)
        const first = stream.segments[0]
        if (first === undefined || last === undefined) continue
        for (const segment of stream.segments) events += segment.count
        events -= Math.max(0, stream.released - first.first + 1)
      }
      return { bytes, events }
    },

    close() {
      for (const stream of streams) for (const segment of stream.segments) seal(segment)
      files?.close()
    },
  }
}
