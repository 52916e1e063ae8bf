import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Id, LANES, type Lane } from '../protocol/index.ts'
import { makeDirectory } from './make-directory.ts'

/** Before each event: its length and its CRC-32, both unsigned 32-bit little-endian. */
const HEADER_BYTES = 8
const SEGMENT_NAME = /^([0-9a-f]{32})-([12])-(\d{1,15})\.seg$/
/** How many numbered sibling directories are tried when others are in use. */
const SIBLINGS_MAX = 16
const LOCK_REFRESH_MS = 5_000
const LOCK_STALE_MS = 30_000

export interface SegmentFile {
  append(event: Uint8Array): void
  seal(): void
  /** Whether the operating system has taken everything that was appended. */
  isWhole(): boolean
  /** What is in the file; undefined when the disk does not give it back now, but may later. */
  read(): Uint8Array[] | undefined
  remove(): void
}

interface LoadedSegment {
  readonly file: SegmentFile
  readonly first: number
  readonly count: number
  readonly bytes: number
}

interface LoadedStream {
  readonly instance: Id
  readonly lane: Lane
  readonly segments: LoadedSegment[]
}

export interface SpoolFiles {
  load(): readonly LoadedStream[]
  create(instance: Id, lane: Lane, first: number): SegmentFile
  readNote(): unknown
  /** Keeps a small JSON value beside the segments. */
  writeNote(note: unknown): void
  close(): void
}

export interface SpoolFilesDeps {
  /** Told when the disk fails. Events stay in memory then. Nothing is thrown: the host must go on. */
  readonly onError: (error: unknown) => void
}

/**
 * Segment files in one directory, locked for this process. Appends are gathered within a turn of the event loop and
 * reach the operating system before the next one begins: killing the process loses nothing after that.
 *
 * @throws when the directory cannot be made or written to
 */
export function openSpoolFiles(directory: string, { onError }: SpoolFilesDeps): SpoolFiles {
  const { path, unlock } = lockDirectory(directory, onError)
  const dirty = new Set<() => boolean>()
  /** Writes that failed; some are of segments to which nothing is appended any more. */
  const failed = new Set<() => boolean>()
  let scheduled = false

  function attempt(task: () => void): void {
    try {
      task()
    } catch (error) {
      onError(error)
    }
  }

  function writeAll(): void {
    scheduled = false
    let works = false
    for (const write of dirty) {
      if (write()) works = true
      else failed.add(write)
    }
    dirty.clear()
    if (works) retryFailed()
  }

  /** The disk takes writes again: as many of those that failed as it likes. */
  function retryFailed(): void {
    for (const write of Array.from(failed)) {
      failed.delete(write)
      if (write()) continue
      failed.add(write) // Behind the others, which have their turn first next time.
      return
    }
  }

  function segmentFile(name: string): SegmentFile {
    const file = join(path, name)
    let fd: number | undefined
    let waiting: Uint8Array[] = []
    let writtenBytes = 0
    /** A write broke off, so there may be half an event behind `writtenBytes`. */
    let isTorn = false
    let isSealed = false

    /** On failure (a full disk, say) the rest is tried again later, behind the last whole event. */
    function write(): boolean {
      if (waiting.length > 1) waiting = [Buffer.concat(waiting)]
      const [bytes] = waiting
      if (bytes !== undefined) {
        try {
          fd ??= openSync(file, 'a', 0o600)
          if (isTorn) ftruncateSync(fd, writtenBytes)
          isTorn = true
          for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
          isTorn = false
          writtenBytes += bytes.length
          waiting = []
        } catch (error) {
          onError(error)
        }
      }
      if (isSealed) closeFile()
      return waiting.length === 0
    }

    function closeFile(): void {
      const open = fd
      fd = undefined
      if (open !== undefined) attempt(() => closeSync(open))
    }

    return {
      append(event) {
        const header = Buffer.allocUnsafe(HEADER_BYTES)
        header.writeUInt32LE(event.length, 0)
        header.writeUInt32LE(crc32(event), 4)
        waiting.push(header, event)
        dirty.add(write)
        if (scheduled) return
        scheduled = true
        queueMicrotask(writeAll)
      },
      seal() {
        isSealed = true
        dirty.delete(write)
        if (!write()) failed.add(write)
      },
      isWhole: () => waiting.length === 0,
      read() {
        try {
          return readSegment(file).events
        } catch (error) {
          onError(error)
          return isGone(error) ? [] : undefined
        }
      },
      remove() {
        waiting = []
        dirty.delete(write)
        failed.delete(write)
        closeFile()
        attempt(() => rmSync(file, { force: true }))
      },
    }
  }

  /** Undefined for one without whole events, and for one that cannot be read, which stays where it is. */
  function loadSegment(name: string, first: number): LoadedSegment | undefined {
    try {
      return readWhole(name, first)
    } catch (error) {
      onError(error)
      return undefined
    }
  }

  function readWhole(name: string, first: number): LoadedSegment | undefined {
    const { events, wholeBytes } = readSegment(join(path, name))
    if (events.length === 0) {
      rmSync(join(path, name), { force: true })
      return undefined
    }
    // A torn tail is what a power cut leaves; what comes before it is whole.
    truncateSync(join(path, name), wholeBytes)
    const bytes = events.reduce((sum, event) => sum + event.length, 0)
    return { file: segmentFile(name), first, count: events.length, bytes }
  }

  return {
    load() {
      const groups = new Map<string, LoadedStream>()
      for (const name of readdirSync(path)) {
        const [, hex = '', laneText, firstText] = SEGMENT_NAME.exec(name) ?? []
        const lane = LANES.find((candidate) => String(candidate) === laneText)
        const segment = lane === undefined ? undefined : loadSegment(name, Number(firstText))
        if (lane === undefined || segment === undefined) continue
        const group: LoadedStream = groups.get(`${hex}-${lane}`) ?? {
          instance: Buffer.from(hex, 'hex'),
          lane,
          segments: [],
        }
        groups.set(`${hex}-${lane}`, group)
        group.segments.push(segment)
      }
      for (const group of groups.values()) group.segments.sort((a, b) => a.first - b.first)
      return Array.from(groups.values())
    },

    create: (instance, lane, first) => segmentFile(`${Buffer.from(instance).toString('hex')}-${lane}-${first}.seg`),

    readNote() {
      try {
        return JSON.parse(readFileSync(join(path, 'note.json'), 'utf8')) as unknown
      } catch {
        return undefined // Missing or torn: nothing was learned yet.
      }
    },

    writeNote(note) {
      try {
        writeFileSync(join(path, 'note.json'), JSON.stringify(note), { mode: 0o600 })
      } catch (error) {
        onError(error)
      }
    },

    close() {
      writeAll()
      retryFailed()
      attempt(unlock)
    },
  }
}

/** Anything else, such as too many open files, may pass. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EIO')
}

/** Reads whole events until the end or the first torn one. */
function readSegment(file: string): { readonly events: Uint8Array[]; readonly wholeBytes: number } {
  const bytes = readFileSync(file)
  const events: Uint8Array[] = []
  let at = 0
  while (at + HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at)
    const end = at + HEADER_BYTES + length
    if (end > bytes.length) break
    const event = bytes.subarray(at + HEADER_BYTES, end)
    if (crc32(event) !== bytes.readUInt32LE(at + 4)) break
    events.push(event)
    at = end
  }
  return { events, wholeBytes: at }
}

/** Takes the directory, or a numbered sibling when a living process holds it, and what dead siblings left. */
function lockDirectory(
  directory: string,
  onError: (error: unknown) => void,
): { readonly path: string; readonly unlock: () => void } {
  const siblings = Array.from({ length: SIBLINGS_MAX }, (_, i) => (i === 0 ? directory : `${directory}-${i + 1}`))
  const path = siblings.find((candidate) => !isHeld(candidate))
  if (path === undefined) throw new Error(`all of ${SIBLINGS_MAX} spool directories beside ${directory} are in use`)
  makeDirectory(path)
  const lock = join(path, 'lock')
  writeFileSync(lock, String(process.pid), { mode: 0o600 })
  let isFailing = false
  const refresh = setInterval(() => {
    const now = new Date()
    try {
      if (existsSync(lock)) utimesSync(lock, now, now)
      isFailing = false
    } catch (error) {
      if (!isFailing) onError(error)
      isFailing = true
    }
  }, LOCK_REFRESH_MS)
  refresh.unref()
  for (const other of siblings) if (other !== path && existsSync(other) && !isHeld(other)) adopt(other, path)
  return {
    path,
    unlock() {
      clearInterval(refresh)
      rmSync(lock, { force: true })
    },
  }
}

function adopt(from: string, to: string): void {
  for (const name of readdirSync(from)) if (SEGMENT_NAME.test(name)) renameSync(join(from, name), join(to, name))
  rmSync(from, { recursive: true, force: true })
}

/** A lock counts while its process lives and keeps touching it; a process id alone may belong to somebody else by now. */
function isHeld(directory: string): boolean {
  const lock = join(directory, 'lock')
  const stat = statSync(lock, { throwIfNoEntry: false })
  if (stat === undefined || Date.now() - stat.mtimeMs > LOCK_STALE_MS) return false
  const pid = Number(readFileSync(lock, 'utf8'))
  if (!(pid > 0)) return false
  // In a container every start may have the same id: what was last touched before this process began is its predecessor's.
  if (pid === process.pid && stat.mtimeMs < Date.now() - process.uptime() * 1_000) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
