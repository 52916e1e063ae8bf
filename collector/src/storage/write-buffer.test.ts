import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { writeUInt32 } from '../platform/clickhouse/row-binary.ts'
import { createWriteBuffer, type WriteBuffer } from './write-buffer.ts'

function setUp(options: { capacityBytes?: number; chunkRowsMax?: number; chunkBytesMax?: number } = {}) {
  let nowMs = 1_000
  const buffer = createWriteBuffer({
    capacityBytes: options.capacityBytes ?? 1_000_000,
    chunkBytesMax: options.chunkBytesMax ?? 100_000,
    chunkRowsMax: options.chunkRowsMax ?? 1_000,
    now: () => nowMs++,
  })
  return { buffer }
}

function put(buffer: WriteBuffer, value: number): boolean {
  const sink = buffer.begin(4)
  if (sink === undefined) return false
  writeUInt32(sink, value)
  buffer.commit()
  return true
}

function values(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(i * 4))
}

describe('createWriteBuffer', () => {
  it('gives rows back in order, with where each begins', () => {
    const { buffer } = setUp()
    for (let i = 0; i < 3_000; i++) put(buffer, i)
    const seen: number[] = []
    for (let chunk = buffer.freeze(); chunk !== undefined; chunk = buffer.freeze()) {
      seen.push(...values(chunk.bytes))
      expect(chunk.starts.length * 4).toBe(chunk.bytes.length)
      expect(Array.from(chunk.starts.subarray(0, 3))).toEqual([0, 4, 8])
      buffer.stored(chunk, true)
    }
    expect(seen).toEqual(Array.from({ length: 3_000 }, (_, i) => i))
    expect(buffer.size()).toEqual({ bytes: 0, rows: 0 })
  })

  it('forgets a row that was begun and never committed', () => {
    const { buffer } = setUp()
    put(buffer, 1)
    const sink = buffer.begin(4)
    if (sink !== undefined) writeUInt32(sink, 2)
    put(buffer, 3)
    const last = buffer.begin(4)
    if (last !== undefined) writeUInt32(last, 4)
    expect(buffer.size()).toEqual({ bytes: 8, rows: 2 })
    expect(values(buffer.freeze()?.bytes ?? Buffer.alloc(0))).toEqual([1, 3])
  })

  it('refuses what does not fit, the chunk being written included', () => {
    const { buffer } = setUp({ capacityBytes: 12 })
    expect([1, 2, 3].map((value) => put(buffer, value))).toEqual([true, true, true])
    expect(put(buffer, 4)).toBe(false)
    expect(buffer.isFull()).toBe(true)
    const chunk = buffer.freeze()
    expect(put(buffer, 4)).toBe(false)
    if (chunk !== undefined) buffer.stored(chunk, true)
    expect(put(buffer, 4)).toBe(true)
  })

  it('knows whether there is room within a share of it', () => {
    const { buffer } = setUp({ capacityBytes: 100 })
    for (let i = 0; i < 20; i++) put(buffer, i)
    expect(buffer.hasRoom(10, 0.8)).toBe(false)
    expect(buffer.hasRoom(10)).toBe(true)
  })

  it('settles a receipt when its rows are stored, and not before', () => {
    const { buffer } = setUp()
    const settle = vi.fn()
    put(buffer, 1)
    buffer.attach({ settle })
    const chunk = buffer.freeze()
    put(buffer, 2)
    expect(settle).not.toHaveBeenCalled()
    if (chunk !== undefined) buffer.stored(chunk, true)
    expect(settle).toHaveBeenCalledOnce()
  })

  it('settles a receipt with its last row when a batch fills a chunk', () => {
    const { buffer } = setUp({ chunkRowsMax: 2 })
    const settle = vi.fn()
    for (const value of [1, 2, 3]) put(buffer, value)
    buffer.attach({ settle })
    const [first, second] = [buffer.freeze(), buffer.freeze()]
    if (first !== undefined) buffer.stored(first, true)
    expect(settle).not.toHaveBeenCalled()
    if (second !== undefined) buffer.stored(second, true)
    expect(settle).toHaveBeenCalledOnce()
  })

  it('waits for the chunk that is being written when nothing newer is held', () => {
    const { buffer } = setUp()
    const settle = vi.fn()
    put(buffer, 1)
    const chunk = buffer.freeze()
    buffer.attach({ settle })
    expect(settle).not.toHaveBeenCalled()
    if (chunk !== undefined) buffer.stored(chunk, true)
    expect(settle).toHaveBeenCalledOnce()
  })

  it('settles a receipt at once when nothing waits', () => {
    const { buffer } = setUp()
    const settle = vi.fn()
    buffer.attach({ settle })
    expect(settle).toHaveBeenCalledOnce()
  })

  it('says since when the oldest row waits', () => {
    const { buffer } = setUp()
    expect(buffer.waitingSinceMs()).toBeUndefined()
    put(buffer, 1)
    const since = buffer.waitingSinceMs()
    const chunk = buffer.freeze()
    put(buffer, 2)
    expect(buffer.waitingSinceMs()).toBe(since)
    if (chunk !== undefined) buffer.stored(chunk, true)
    expect(buffer.waitingSinceMs()).toBeGreaterThan(since ?? 0)
  })

  it('writes over the memory of a stored chunk only when nobody reads it any more', () => {
    const { buffer } = setUp()
    const memoryOf = (mayReuse: boolean): ArrayBufferLike | undefined => {
      put(buffer, 1)
      const chunk = buffer.freeze()
      if (chunk !== undefined) buffer.stored(chunk, mayReuse)
      return chunk?.bytes.buffer
    }
    const first = memoryOf(false)
    const second = memoryOf(true)
    const third = memoryOf(true)
    const fourth = memoryOf(true)
    expect([second, third, fourth]).not.toContain(first)
    expect(fourth).toBe(second)
  })

  it('holds no memory of stored chunks that wait for one before them, only their receipts', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const { buffer } = setUp({ chunkRowsMax: 1 })
    const settle = vi.fn()
    put(buffer, 0)
    const stuck = buffer.freeze()
    const memories = Array.from({ length: 20 }, (_, i) => {
      put(buffer, i)
      buffer.attach({ settle })
      const chunk = buffer.freeze()
      if (chunk !== undefined) buffer.stored(chunk, false)
      return new WeakRef(chunk?.starts.buffer ?? {})
    })
    await new Promise((resolve) => setImmediate(resolve)) // What a WeakRef was made of lives until the turn ends.
    collectGarbage()
    // The last one may still be in a register.
    expect(memories.filter((memory) => memory.deref() !== undefined).length).toBeLessThanOrEqual(1)
    expect(settle).not.toHaveBeenCalled()
    if (stuck !== undefined) buffer.stored(stuck, true)
    expect(settle).toHaveBeenCalledTimes(20)
  })

  it('never touches a chunk that is being written', () => {
    const { buffer } = setUp({ chunkRowsMax: 3 })
    const held: { readonly chunk: Buffer; readonly wanted: readonly number[] }[] = []
    let next = 0
    for (let round = 0; round < 50; round++) {
      for (let i = 0; i < 7; i++) put(buffer, next++)
      const chunk = buffer.freeze()
      if (chunk === undefined) continue
      held.push({ chunk: chunk.bytes, wanted: values(chunk.bytes) })
      for (const { chunk: bytes, wanted } of held) expect(values(bytes)).toEqual(wanted)
      if (round % 3 === 0) {
        buffer.stored(chunk, true)
        held.pop()
      }
    }
  })
})
