import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeUInt32 } from '../platform/clickhouse/row-binary.ts'
import { createFlusher, type InsertOutcome } from './flusher.ts'
import { createWriteBuffer } from './write-buffer.ts'

interface Insert {
  readonly values: number[]
  readonly token: string
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function valuesOf(rows: readonly Uint8Array[]): number[] {
  const bytes = Buffer.concat(rows)
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(i * 4))
}

/** @param answer what the database says to an insert of these values */
function setUp(answer: (values: number[]) => InsertOutcome | Promise<InsertOutcome>) {
  const inserts: Insert[] = []
  const poison: number[] = []
  const failures: number[] = []
  const now = (): number => Date.now()
  const buffer = createWriteBuffer({ capacityBytes: 1e6, chunkBytesMax: 4_000, chunkRowsMax: 1_000, now })
  const flusher = createFlusher(
    {
      buffer,
      async insert(rows, token) {
        const values = valuesOf(rows)
        inserts.push({ values, token })
        return answer(values)
      },
      onPoison: (row) => poison.push(row.readUInt32LE(0)),
      onStored: () => undefined,
      onFailure: (_reason, retryInMs) => failures.push(retryInMs),
      now,
    },
    { intervalMs: 1_000, lingerMs: 50, insertsMax: 2, retryMsMin: 100, retryMsMax: 400 },
  )
  const put = (...values: number[]): void => {
    for (const value of values) {
      const sink = buffer.begin(4)
      if (sink === undefined) throw new Error('full')
      writeUInt32(sink, value)
      buffer.commit()
    }
    flusher.poke()
  }
  return { buffer, flusher, inserts, poison, failures, put }
}

const stored = (): InsertOutcome => ({ kind: 'stored' })
const failed: InsertOutcome = { kind: 'failed', reason: 'away' }
const refused: InsertOutcome = { kind: 'refused', reason: 'bad row' }

describe('createFlusher', () => {
  it('writes a first row soon, and later ones at most once an interval', async () => {
    const { inserts, put } = setUp(stored)
    put(1)
    await vi.advanceTimersByTimeAsync(49)
    expect(inserts).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(inserts).toHaveLength(1)
    put(2)
    await vi.advanceTimersByTimeAsync(500)
    put(3)
    expect(inserts).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(500)
    expect(inserts.map(({ values }) => values)).toEqual([[1], [2, 3]])
  })

  it('does not make a full chunk wait', async () => {
    const { inserts, put } = setUp(stored)
    put(...Array.from({ length: 1_001 }, (_, i) => i))
    await vi.advanceTimersByTimeAsync(0)
    expect(inserts.map(({ values }) => values.length)).toEqual([1_000])
  })

  it('never has two inserts at once of chunks that are not full, and strands no row that comes while one is finishing', async () => {
    let active = 0
    const { inserts, put, buffer } = setUp(async () => {
      active += 1
      expect(active).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 300))
      active -= 1
      return stored()
    })
    put(1)
    await vi.advanceTimersByTimeAsync(100)
    put(2)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(inserts.map(({ values }) => values)).toEqual([[1], [2]])
    expect(buffer.size().rows).toBe(0)
  })

  it('writes two full chunks at once, and settles in the order of the rows whichever is stored first', async () => {
    const answers: (() => void)[] = []
    const { inserts, put, buffer } = setUp(
      () => new Promise((resolve) => answers.push(() => resolve({ kind: 'stored' }))),
    )
    const settled: string[] = []
    const attach = (name: string): void => buffer.attach({ settle: () => settled.push(name) })
    for (const name of ['first', 'second', 'third']) {
      put(...Array.from({ length: 1_000 }, (_, i) => i))
      attach(name)
    }
    await vi.advanceTimersByTimeAsync(0)
    expect(inserts).toHaveLength(2)
    answers[1]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(inserts).toHaveLength(3)
    expect(settled).toEqual([])
    answers[2]?.()
    answers[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(settled).toEqual(['first', 'second', 'third'])
    expect(buffer.size()).toEqual({ bytes: 0, rows: 0 })
  })

  it('is failing for as long as one of two inserts is', async () => {
    let isAway = true
    const { put, flusher } = setUp((values) => (isAway && values[0] === 0 ? failed : stored()))
    put(...Array.from({ length: 3_000 }, (_, i) => i))
    await vi.advanceTimersByTimeAsync(1)
    expect(flusher.isFailing()).toBe(true)
    isAway = false
    await vi.advanceTimersByTimeAsync(1_000)
    expect(flusher.isFailing()).toBe(false)
  })

  it('tries the same bytes with the same token until they are stored, with growing pauses', async () => {
    let failures = 5
    const { inserts, put, failures: pauses, flusher } = setUp(() => (failures-- > 0 ? failed : stored()))
    put(1)
    await vi.advanceTimersByTimeAsync(60)
    expect(flusher.isFailing()).toBe(true)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(inserts).toHaveLength(6)
    expect(new Set(inserts.map(({ token }) => token)).size).toBe(1)
    expect(pauses).toEqual([100, 200, 400, 400, 400])
    expect(flusher.isFailing()).toBe(false)
  })

  it('keeps rows that come during a failure, in order', async () => {
    let isAway = true
    const { inserts, put } = setUp(() => (isAway ? failed : stored()))
    put(1)
    await vi.advanceTimersByTimeAsync(100)
    put(2, 3)
    isAway = false
    await vi.advanceTimersByTimeAsync(3_000)
    expect(inserts.at(-1)?.values).toEqual([2, 3])
  })

  it('halves what is refused until the bad rows stand alone, and stores the rest', async () => {
    const bad = new Set([3, 500])
    const { inserts, put, poison, buffer } = setUp((values) =>
      values.some((value) => bad.has(value)) ? refused : stored(),
    )
    const settle = vi.fn()
    put(...Array.from({ length: 600 }, (_, i) => i))
    buffer.attach({ settle })
    await vi.advanceTimersByTimeAsync(100)
    expect(poison).toEqual([3, 500])
    const good = inserts.filter(({ values }) => !values.some((value) => bad.has(value))).flatMap(({ values }) => values)
    expect(good).toEqual(Array.from({ length: 600 }, (_, i) => i).filter((value) => !bad.has(value)))
    expect(settle).toHaveBeenCalledOnce()
    expect(inserts.length).toBeLessThan(50)
  })

  it('writes everything when it is closed, without waiting for an age', async () => {
    const { inserts, put, flusher } = setUp(stored)
    put(1)
    const left = flusher.close(5_000)
    await vi.advanceTimersByTimeAsync(0)
    expect(await left).toBe(0)
    expect(inserts).toHaveLength(1)
  })

  it('gives up at the end of its time, and says how much is left', async () => {
    const { put, flusher } = setUp(() => failed)
    put(1, 2)
    const left = flusher.close(1_000)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(await left).toBe(2)
  })

  it('closes at once when it holds nothing', async () => {
    const { flusher } = setUp(stored)
    expect(await flusher.close(5_000)).toBe(0)
  })
})
