import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createHeap } from './heap.ts'

it('gives things back by their times, and those of one time as they came', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const heap = createHeap<{ readonly atMs: number; readonly place: number }>()
      for (const [place, atMs] of times.entries()) heap.add(atMs, { atMs, place })
      const taken = Array.from(times, () => heap.take())
      const sorted = times.map((atMs, place) => ({ atMs, place })).sort((a, b) => a.atMs - b.atMs || a.place - b.place)
      expect(taken).toEqual(sorted)
      expect(heap.take()).toBeUndefined()
      expect(heap.nextAtMs()).toBe(Number.POSITIVE_INFINITY)
    }),
  )
})
