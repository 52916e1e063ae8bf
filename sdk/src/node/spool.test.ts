import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { LANE } from '../protocol/index.ts'
import { createSpool, type Spool, type SpoolStream } from './spool.ts'
import { openSpoolFiles } from './spool-files.ts'

const MEBIBYTE = 1024 * 1024
const directories: string[] = []

afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function fail(error: unknown): never {
  throw error
}

const kinds = {
  'in memory': (bytesMax: number): Spool => createSpool(undefined, bytesMax),
  'on disk': (bytesMax: number): Spool => {
    const directory = mkdtempSync(join(tmpdir(), 'mctrack-spool-'))
    directories.push(directory)
    return createSpool(openSpoolFiles(directory, { onError: fail }), bytesMax)
  },
}

function id(last: number): Uint8Array {
  return new Uint8Array(16).fill(last)
}

function event(number: number, bytes = 10): Uint8Array {
  return new Uint8Array(bytes).fill(number % 256)
}

function fill(spool: Spool, stream: SpoolStream, from: number, to: number, bytes?: number): void {
  for (let number = from; number <= to; number++) spool.append(stream, number, event(number, bytes))
}

function numbersFrom(spool: Spool, stream: SpoolStream, first: number, eventsMax = 1_000): number[] {
  const batch = spool.read(stream, { first, eventsMax, bytesMax: MEBIBYTE })
  return batch?.kind === 'events' ? batch.events.map((bytes) => bytes[0] ?? -1) : []
}

describe.each(Object.entries(kinds))('a spool %s', (_kind, createKind) => {
  it('gives back what was appended, in order, from any number on', () => {
    const spool = createKind(MEBIBYTE)
    const stream = spool.open(id(1), LANE.sessions)
    fill(spool, stream, 1, 5)
    expect(numbersFrom(spool, stream, 1)).toEqual([1, 2, 3, 4, 5])
    expect(numbersFrom(spool, stream, 4)).toEqual([4, 5])
    expect(numbersFrom(spool, stream, 2, 2)).toEqual([2, 3])
    expect(spool.read(stream, { first: 6, eventsMax: 10, bytesMax: MEBIBYTE })).toBeUndefined()
    spool.close()
  })

  it('keeps a batch within its bytes, but never returns an empty one', () => {
    const spool = createKind(MEBIBYTE)
    const stream = spool.open(id(1), LANE.telemetry)
    fill(spool, stream, 1, 3, 100)
    const batch = spool.read(stream, { first: 1, eventsMax: 10, bytesMax: 250 })
    expect(batch).toMatchObject({ kind: 'events', first: 1, events: { length: 2 } })
    expect(spool.read(stream, { first: 1, eventsMax: 10, bytesMax: 1 })).toMatchObject({ events: { length: 1 } })
    spool.close()
  })

  it('counts what is kept and forgets what is released', () => {
    const spool = createKind(MEBIBYTE)
    const stream = spool.open(id(1), LANE.sessions)
    fill(spool, stream, 1, 10)
    expect(spool.stats()).toEqual({ bytes: 100, events: 10 })
    spool.release(stream, 4)
    expect(spool.stats().events).toBe(6)
    spool.release(stream, 10)
    expect(spool.stats()).toEqual({ bytes: 0, events: 0 })
    expect(numbersFrom(spool, stream, 1)).toEqual([])
    spool.close()
  })

  it('gives up the oldest telemetry first, then the oldest sessions, and says what', () => {
    const spool = createKind(MEBIBYTE)
    const sessions = spool.open(id(1), LANE.sessions)
    const telemetry = spool.open(id(1), LANE.telemetry)
    fill(spool, sessions, 1, 300, 1_024)
    fill(spool, telemetry, 1, 300, 1_024)
    const drops = []
    for (let number = 301; number <= 1_200; number++)
      drops.push(...spool.append(sessions, number, event(number, 1_024)))
    expect(spool.stats().bytes).toBeLessThanOrEqual(MEBIBYTE)
    const lanes = drops.map(({ stream }) => stream.lane)
    expect(lanes.indexOf(LANE.sessions)).toBeGreaterThan(lanes.lastIndexOf(LANE.telemetry))
    const dropped = drops.reduce((sum, { events }) => sum + events, 0)
    expect(dropped + spool.stats().events).toBe(1_500)
    expect(numbersFrom(spool, telemetry, 1)).toEqual([])
    spool.close()
  })

  it('reads on behind what was given up', () => {
    const spool = createKind(MEBIBYTE)
    const stream = spool.open(id(1), LANE.telemetry)
    const drops = []
    for (let number = 1; number <= 1_500; number++) drops.push(...spool.append(stream, number, event(number, 1_024)))
    const through = drops.at(-1)?.through ?? 0
    expect(spool.read(stream, { first: 1, eventsMax: 1, bytesMax: MEBIBYTE })).toMatchObject({ first: through + 1 })
    spool.close()
  })

  it('does not count released events as given up', () => {
    const spool = createKind(MEBIBYTE)
    const stream = spool.open(id(1), LANE.telemetry)
    fill(spool, stream, 1, 300, 1_024)
    spool.release(stream, 100)
    const drops = []
    for (let number = 301; number <= 1_100; number++) drops.push(...spool.append(stream, number, event(number, 1_024)))
    const dropped = drops.reduce((sum, { events }) => sum + events, 0)
    expect(dropped + spool.stats().events).toBe(1_000)
    spool.close()
  })

  it('keeps far more than it holds in memory readable', () => {
    const spool = createKind(64 * MEBIBYTE)
    const stream = spool.open(id(1), LANE.telemetry)
    fill(spool, stream, 1, 20_000, 1_024)
    for (const first of [1, 10_000, 20_000]) expect(numbersFrom(spool, stream, first, 1)).toEqual([first % 256])
    spool.close()
  })
})
