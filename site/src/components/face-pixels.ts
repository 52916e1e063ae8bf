/** A face of 8 × 8 pixels: for each colour the `d` of one path. */
export interface Face {
  readonly paths: ReadonlyArray<{ readonly colour: string; readonly d: string }>
}

const SIZE = 8
const SKINS = ['#f2d3b1', '#e0b08a', '#c68642', '#a56a3f', '#8d5524', '#5c3a21'] as const
const EYES = ['#3b6fb6', '#3f8f5b', '#6b4a2b', '#7a4fb0', '#2f2f3a', '#b8473f'] as const

/**
 * Draws the face of a player from the UUID alone: nothing is asked of another host, and the same player looks the same
 * everywhere. Symmetric, with a hat, hair, skin, eyes and a mouth.
 */
export function drawFace(uuid: string): Face {
  const next = createDice(uuid)
  const hue = next(360)
  const saturation = 30 + next(4) * 8
  const hat = `hsl(${hue} ${saturation}% 34%)`
  const hatShade = `hsl(${hue} ${saturation}% 27%)`
  const skin = SKINS[next(SKINS.length)] ?? SKINS[0]
  const eye = EYES[next(EYES.length)] ?? EYES[0]
  const hatRows = 2 + next(2)
  const hasSides = next(2) === 0
  const mouth = next(3)
  const brim = next(2) === 0

  const half = (x: number, y: number): string => {
    if (y < hatRows - 1) return (x + y) % 3 === 0 ? hatShade : hat
    if (y === hatRows - 1) return brim ? hatShade : hat
    if (hasSides && x === 0 && y < 6) return hat
    if (y === 4 && x === 1) return '#ffffff'
    if (y === 4 && x === 2) return eye
    if (y === 5 && x === 3) return shade(skin)
    if (y === 6 && x >= 2 + (mouth === 0 ? 1 : 0)) return mouth === 2 ? '#8a4a3c' : shade(skin)
    if (y === 7 && mouth === 1) return hasSides && x === 0 ? hat : shade(skin)
    return skin
  }

  const paths = new Map<string, string>()
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const colour = half(Math.min(x, SIZE - 1 - x), y)
      paths.set(colour, `${paths.get(colour) ?? ''}M${x} ${y}h1v1h-1z`)
    }
  }
  return { paths: Array.from(paths, ([colour, d]) => ({ colour, d })) }
}

function shade(colour: string): string {
  const value = (at: number): string =>
    Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * 0.78)
      .toString(16)
      .padStart(2, '0')
  return `#${value(1)}${value(3)}${value(5)}`
}

/** Numbers that look random and hang on the text alone (FNV-1a, then xorshift). */
function createDice(seed: string): (sides: number) => number {
  let state = 0x811c9dc5
  for (const character of seed.toLowerCase()) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  state ||= 1
  return (sides) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % sides
  }
}
