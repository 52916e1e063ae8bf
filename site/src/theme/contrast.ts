/** A colour as written in a style sheet: `#rrggbb`. */
export type HexColour = string

/**
 * How well one colour is told from another, from 1 (equal) to 21.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastRatio(one: HexColour, other: HexColour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05)
}

/** The colour that is seen when `share` (0 to 1) of one is laid over another. */
export function mixOver(over: HexColour, under: HexColour, share: number): HexColour {
  const [top, bottom] = [channels(over), channels(under)]
  const mixed = top.map((value, index) => Math.round(value * share + (bottom[index] ?? 0) * (1 - share)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function luminance(colour: HexColour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: HexColour): readonly number[] {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new Error(`${colour} is not a colour like #1a2b3c`)
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
