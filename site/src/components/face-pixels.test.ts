import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawFace } from './face-pixels.ts'

/** The face as rows of colours. */
function rasterize(uuid: string): ReadonlyArray<readonly string[]> {
  const rows = Array.from({ length: 8 }, () => new Array<string>(8).fill(''))
  for (const { colour, d } of drawFace(uuid).paths) {
    for (const [, x, y] of d.matchAll(/M(\d) (\d)h1v1h-1z/g)) {
      const row = rows[Number(y)]
      if (row !== undefined) row[Number(x)] = colour
    }
  }
  return rows
}

describe('drawFace', () => {
  it('fills every pixel, the same on the left and on the right', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        for (const row of rasterize(uuid)) {
          expect(row).not.toContain('')
          expect(row.toReversed()).toEqual(row)
        }
      }),
    )
  })

  it('gives a player the same face however the UUID is written', () => {
    const uuid = '069A79F4-44E9-4726-A5BE-FCA90E38AAF5'

    expect(drawFace(uuid)).toEqual(drawFace(uuid.toLowerCase()))
  })

  it('tells players apart', () => {
    const faces = new Set(Array.from({ length: 200 }, (_, index) => JSON.stringify(drawFace(`player-${index}`))))

    expect(faces.size).toBeGreaterThan(190)
  })

  it('has few paths and colours that an attribute may hold, whatever it is given', () => {
    for (const text of ['', '"><script>', '😀'.repeat(50)]) {
      const { paths } = drawFace(text)
      expect(paths.length).toBeLessThanOrEqual(8)
      for (const { colour } of paths) expect(colour).toMatch(/^(?:#[0-9a-f]{6}|hsl\(\d+ \d+% \d+%\))$/)
    }
  })
})
