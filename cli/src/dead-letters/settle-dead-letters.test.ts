import { describe, expect, it } from 'vitest'
import type { DeadLetter } from '../api/types.ts'
import { CliError } from '../cli-error.ts'
import { settleAll, settleNamed } from './settle-dead-letters.ts'

/** A collector with kept letters, some in the same millisecond; those whose id ends in an x are refused. */
function setUp(letters: ReadonlyArray<Pick<DeadLetter, 'id' | 'receivedAtMs'>> = []) {
  const kept = new Map(letters.map((letter) => [letter.id, letter]))
  const settled: string[] = []
  const pages: number[] = []
  let underWay = 0
  let underWayMax = 0
  return {
    kept,
    settled,
    pages,
    underWayMax: () => underWayMax,
    deps: {
      onProgress: () => undefined,
      async loadPage({ beforeMs, limit }: { readonly beforeMs: number; readonly limit: number }) {
        const page = [...kept.values()]
          .filter(({ receivedAtMs }) => receivedAtMs < beforeMs)
          .sort((a, b) => b.receivedAtMs - a.receivedAtMs || b.id.localeCompare(a.id))
          .slice(0, limit)
        pages.push(page.length)
        return page as DeadLetter[]
      },
      async settle(id: string) {
        underWay += 1
        underWayMax = Math.max(underWayMax, underWay)
        await Promise.resolve()
        underWay -= 1
        if (id.endsWith('x')) throw new CliError('CONFLICT', 'replayed already')
        settled.push(id)
        kept.delete(id)
      },
    },
  }
}

const lettersAt = (count: number, receivedAtMs: (index: number) => number, suffix = '') =>
  Array.from({ length: count }, (_, index) => ({
    id: `${String(index).padStart(5, '0')}${suffix}`,
    receivedAtMs: receivedAtMs(index),
  }))

describe('letters that are named', () => {
  it('are settled each once, and told in their order', async () => {
    const { deps, settled } = setUp()
    expect(await settleNamed(['b', 'a', 'b'], deps)).toEqual({ settled: ['b', 'a'], failed: [] })
    expect(settled.sort()).toEqual(['a', 'b'])
  })
  it('are settled several at a time, but not all', async () => {
    const { deps, underWayMax } = setUp()
    const ids = lettersAt(1_000, () => 0).map(({ id }) => id)
    expect((await settleNamed(ids, deps)).settled).toEqual(ids)
    expect(underWayMax()).toBe(64)
  })
  it('go on when one is refused', async () => {
    const { deps } = setUp()
    expect(await settleNamed(['a', 'bx', 'c'], deps)).toEqual({
      settled: ['a', 'c'],
      failed: [{ id: 'bx', code: 'CONFLICT', message: 'replayed already' }],
    })
  })
  it.each(['COLLECTOR_UNREACHABLE', 'TOKEN_UNKNOWN', 'FORBIDDEN', 'STORAGE_UNAVAILABLE'] as const)(
    'end when no other can fare better: %s',
    async (code) => {
      const { deps } = setUp()
      let asked = 0
      const settle = async () => {
        asked += 1
        throw new CliError(code)
      }
      const ids = lettersAt(1_000, () => 0).map(({ id }) => id)
      await expect(settleNamed(ids, { ...deps, settle })).rejects.toThrow(expect.objectContaining({ code }))
      expect(asked).toBeLessThanOrEqual(64)
    },
  )
})

describe('all letters', () => {
  it('are settled over many pages, those of one millisecond across two of them included', async () => {
    const { deps, kept } = setUp(lettersAt(1_730, (index) => Math.floor(index / 7)))
    expect((await settleAll(10_000, deps)).settled).toHaveLength(1_730)
    expect(kept.size).toBe(0)
  })
  it('that are refused are met once, and end the work', async () => {
    const { deps } = setUp(lettersAt(1_200, (index) => Math.floor(index / 3), 'x'))
    expect((await settleAll(10_000, deps)).failed).toHaveLength(1_200)
  })
  it('that are none are none', async () => {
    const { deps, pages } = setUp()
    expect(await settleAll(10_000, deps)).toEqual({ settled: [], failed: [] })
    expect(pages).toEqual([0])
  })
  it('that arrive later are left alone', async () => {
    const { deps } = setUp(lettersAt(2, (index) => 100 + index))
    expect((await settleAll(101, deps)).settled).toEqual(['00000'])
  })
})
