import { spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LANE } from '../protocol/index.ts'
import { createSpool, type Spool } from './spool.ts'
import { openSpoolFiles } from './spool-files.ts'

const BYTES_MAX = 1024 * 1024
const INSTANCE = new Uint8Array(16).fill(1)
let directory = ''
let errors: unknown[] = []

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'mctrack-spool-')), 'spool')
  errors = []
})
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }))

function openSpool(): Spool {
  return createSpool(openSpoolFiles(directory, { onError: (error) => errors.push(error) }), BYTES_MAX)
}

function event(number: number): Uint8Array {
  return new Uint8Array(10).fill(number)
}

/** Appends events and ends as a killed process does: nothing is closed, the lock stays. */
async function leave(events: number): Promise<void> {
  const spool = openSpool()
  const stream = spool.open(INSTANCE, LANE.sessions)
  for (let number = 1; number <= events; number++) spool.append(stream, number, event(number))
  await Promise.resolve()
  writeFileSync(join(directory, 'lock'), '999999999')
}

function segments(): string[] {
  return readdirSync(directory).filter((name) => name.endsWith('.seg'))
}

function segmentPath(): string {
  return join(directory, segments()[0] ?? '')
}

function leftoverNumbers(spool: Spool): number[] {
  return spool.leftovers().flatMap(({ stream, first }) => {
    const batch = spool.read(stream, { first, eventsMax: 1_000, bytesMax: BYTES_MAX })
    return batch?.kind === 'events' ? batch.events.map((bytes) => bytes[0] ?? -1) : []
  })
}

describe('a spool on disk', () => {
  it('has an event in the file before the next turn of the event loop', async () => {
    const spool = openSpool()
    spool.append(spool.open(INSTANCE, LANE.sessions), 1, event(7))
    await Promise.resolve()
    expect(readFileSync(segmentPath()).subarray(8)).toEqual(Buffer.from(event(7)))
    spool.close()
  })

  it('gives what a killed process left to the next one', async () => {
    await leave(3)
    const spool = openSpool()
    expect(spool.leftovers()).toMatchObject([
      { stream: { instance: Buffer.from(INSTANCE), lane: 1 }, first: 1, last: 3 },
    ])
    expect(leftoverNumbers(spool)).toEqual([1, 2, 3])
    spool.close()
  })

  it('deletes the files of what is released', async () => {
    await leave(3)
    const spool = openSpool()
    for (const { stream, last } of spool.leftovers()) spool.release(stream, last)
    expect(segments()).toEqual([])
    spool.close()
  })

  it.each([1, 7, 9, 17])('survives a tail that a power cut tore off after %i bytes', async (bytes) => {
    await leave(3)
    const whole = readFileSync(segmentPath())
    writeFileSync(segmentPath(), whole.subarray(0, whole.length - 18 + bytes))
    const spool = openSpool()
    expect(leftoverNumbers(spool)).toEqual([1, 2])
    spool.close()
  })

  it('stops at an event whose checksum is wrong', async () => {
    await leave(3)
    const bytes = readFileSync(segmentPath())
    bytes[8 + 10 + 8] = 99
    writeFileSync(segmentPath(), bytes)
    const spool = openSpool()
    expect(leftoverNumbers(spool)).toEqual([1])
    spool.close()
  })

  it('passes over files that are not its own', async () => {
    await leave(1)
    writeFileSync(join(directory, 'notes.txt'), 'hello')
    writeFileSync(join(directory, `${'f'.repeat(32)}-2-1.seg`), '')
    const spool = openSpool()
    expect(leftoverNumbers(spool)).toEqual([1])
    spool.close()
  })

  it('says what is lost when a file vanishes beneath it', async () => {
    await leave(3)
    const spool = openSpool()
    const [leftover] = spool.leftovers()
    rmSync(segmentPath())
    if (leftover === undefined) throw new Error('nothing was left')
    const batch = spool.read(leftover.stream, { first: 1, eventsMax: 10, bytesMax: BYTES_MAX })
    expect(batch).toEqual({ kind: 'lost', through: 3, events: 3 })
    expect(errors).toHaveLength(1)
    spool.close()
  })

  it('gives nothing up when a file cannot be read now, such as when too many are open', async () => {
    await leave(3)
    const spool = openSpool()
    const [leftover] = spool.leftovers()
    if (leftover === undefined) throw new Error('nothing was left')
    const path = segmentPath()
    renameSync(path, `${path}.aside`)
    mkdirSync(path) // Opens, but does not read: any error other than a missing file.
    const read = () => spool.read(leftover.stream, { first: 1, eventsMax: 10, bytesMax: BYTES_MAX })
    expect(read()).toBeUndefined()
    expect(errors).toHaveLength(1)
    rmdirSync(path)
    renameSync(`${path}.aside`, path)
    expect(read()).toMatchObject({ kind: 'events', first: 1 })
    spool.close()
  })

  it('keeps events in memory while the disk refuses them, and writes them once it does not', async () => {
    const spool = openSpool()
    const stream = spool.open(INSTANCE, LANE.sessions)
    rmSync(directory, { recursive: true })
    spool.append(stream, 1, event(1))
    await Promise.resolve()
    expect(errors).toHaveLength(1)
    expect(spool.read(stream, { first: 1, eventsMax: 10, bytesMax: BYTES_MAX })).toMatchObject({ kind: 'events' })
    const again = openSpoolFiles(directory, { onError: (error) => errors.push(error) })
    spool.append(stream, 2, event(2))
    await Promise.resolve()
    expect(readFileSync(segmentPath())).toHaveLength(2 * 18)
    again.close()
    spool.close()
  })

  it('goes on when a full disk cannot even be tidied up, and writes a sealed segment once there is room', async () => {
    const spool = openSpool()
    const stream = spool.open(INSTANCE, LANE.sessions)
    const path = join(directory, `${'01'.repeat(16)}-1-1.seg`)
    symlinkSync('/dev/full', path) // Writing fails, and so does cutting it back.
    const large = new Uint8Array(150 * 1024).fill(1)
    for (const number of [1, 2]) spool.append(stream, number, large)
    await Promise.resolve()
    expect(errors.length).toBeGreaterThan(0)
    rmSync(path)
    spool.append(stream, 3, event(3))
    await Promise.resolve()
    expect(statSync(path).size).toBe(2 * (8 + large.length))
    spool.close()
    expect(leftoverNumbers(openSpool())).toEqual([1, 1])
  })

  it('says when a file cannot be deleted, and goes on', async () => {
    const spool = openSpool()
    const stream = spool.open(INSTANCE, LANE.sessions)
    mkdirSync(join(directory, `${'01'.repeat(16)}-1-1.seg`, 'in-the-way'), { recursive: true })
    spool.append(stream, 1, event(1))
    await Promise.resolve()
    const before = errors.length
    spool.release(stream, 1)
    expect(errors.length).toBe(before + 1)
    expect(spool.stats()).toEqual({ bytes: 0, events: 0 })
    spool.close()
    expect(leftoverNumbers(openSpool())).toEqual([])
  })

  it('does not take the lock of a predecessor with the same process id for its own, as containers have it', async () => {
    await leave(2)
    writeFileSync(join(directory, 'lock'), String(process.pid))
    const beforeUs = new Date(Date.now() - process.uptime() * 1_000 - 1_000)
    utimesSync(join(directory, 'lock'), beforeUs, beforeUs)
    const spool = openSpool()
    expect(leftoverNumbers(spool)).toEqual([1, 2])
    const second = openSpool() // This one is held by a client of this very process.
    expect(leftoverNumbers(second)).toEqual([])
    second.close()
    spool.close()
  })

  it('takes a sibling while another living process holds the directory, and its leftovers once that is dead', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    await leave(2)
    writeFileSync(join(directory, 'lock'), String(other.pid))
    const sibling = openSpool()
    expect(leftoverNumbers(sibling)).toEqual([])
    sibling.append(sibling.open(INSTANCE, LANE.telemetry), 1, event(5))
    await Promise.resolve()
    expect(existsSync(`${directory}-2`)).toBe(true)
    writeFileSync(join(`${directory}-2`, 'lock'), '999999999')
    other.kill()
    await new Promise((resolve) => other.once('exit', resolve))
    const spool = openSpool()
    expect(leftoverNumbers(spool).toSorted()).toEqual([1, 2, 5])
    expect(existsSync(`${directory}-2`)).toBe(false)
    spool.close()
  })

  it('does not trust a lock that nobody has touched for long, whoever has that process id now', async () => {
    await leave(2)
    writeFileSync(join(directory, 'lock'), String(process.ppid))
    const longAgo = new Date(Date.now() - 120_000)
    utimesSync(join(directory, 'lock'), longAgo, longAgo)
    const spool = openSpool()
    expect(leftoverNumbers(spool)).toEqual([1, 2])
    spool.close()
  })

  it('keeps its note, and takes a torn one for none', () => {
    const files = openSpoolFiles(directory, { onError: (error) => errors.push(error) })
    expect(files.readNote()).toBeUndefined()
    files.writeNote({ network: 'x' })
    expect(files.readNote()).toEqual({ network: 'x' })
    writeFileSync(join(directory, 'note.json'), '{"net')
    expect(files.readNote()).toBeUndefined()
    files.close()
  })

  it('throws where nobody may write', () => {
    expect(() => openSpoolFiles('/sys/mctrack-spool', { onError: (error) => errors.push(error) })).toThrow()
  })

  it('throws when a file is in the way', () => {
    writeFileSync(directory, '')
    appendFileSync(directory, 'x')
    expect(() => openSpool()).toThrow()
  })
})
