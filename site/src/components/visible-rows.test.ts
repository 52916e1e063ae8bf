import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleRows } from './visible-rows.ts'

const anyBox = fc.record({
  count: fc.nat({ max: 100_000 }),
  rowHeightPx: fc.integer({ min: 16, max: 100 }),
  scrollTopPx: fc.integer({ min: -200, max: 5_000_000 }),
  heightPx: fc.integer({ min: 0, max: 3_000 }),
})

describe('visibleRows', () => {
  it('holds every row that can be seen, and few more', () => {
    fc.assert(
      fc.property(anyBox, (box) => {
        const { count, rowHeightPx, heightPx } = box
        const scrollTopPx = Math.min(box.scrollTopPx, Math.max(0, count * rowHeightPx - heightPx))
        const { from, to } = visibleRows({ ...box, scrollTopPx })
        const top = Math.max(0, scrollTopPx)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(count)
        expect(to).toBeGreaterThanOrEqual(from)
        expect(from * rowHeightPx).toBeLessThanOrEqual(top)
        expect(to === count || to * rowHeightPx >= top + heightPx).toBe(true)
        expect(to - from).toBeLessThanOrEqual(Math.ceil(heightPx / rowHeightPx) + 40)
      }),
    )
  })

  it('stays inside a list that became shorter than where somebody scrolled to', () => {
    const { from, to } = visibleRows({ count: 3, rowHeightPx: 40, scrollTopPx: 40_000, heightPx: 400 })

    expect([from, to]).toEqual([0, 3])
  })

  it('stays the same while somebody scrolls by less than a few rows', () => {
    const at = (scrollTopPx: number) => visibleRows({ count: 5_000, rowHeightPx: 40, scrollTopPx, heightPx: 400 })

    expect(at(4_010)).toEqual(at(4_150))
  })
})
