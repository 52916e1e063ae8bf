import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrastRatio, mixOver } from './contrast.ts'

const CSS = readFileSync(new URL('../styles/theme.css', import.meta.url), 'utf8')
const TEXT = 4.5
const GRAPHIC = 3

/** Both themes' colours by the names they have in the style sheet. */
function readTheme(name: 'light' | 'dark'): (colour: string) => string {
  const block = new RegExp(`name: "mctrack-${name}";([^}]*)}`).exec(CSS)?.[1] ?? ''
  const own = new Map(Array.from(block.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g), ([, key, hex]) => [key, hex]))
  for (const [, key, light, dark] of CSS.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)) {
    own.set(key, name === 'light' ? light : dark)
  }
  return (colour) => {
    const hex = own.get(colour)
    if (hex === undefined) throw new Error(`the theme has no colour ${colour}`)
    return hex
  }
}

const SURFACES = ['base-100', 'base-200'] as const
const STATES = ['info', 'success', 'warning', 'error'] as const

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const colour = readTheme(name)

  it.each(['base-content', 'muted', 'link', ...STATES].flatMap((text) => SURFACES.map((under) => [text, under])))(
    'lets %s be read on %s',
    (text, under) => {
      expect(contrastRatio(colour(text), colour(under))).toBeGreaterThanOrEqual(TEXT)
    },
  )

  it.each(['primary', 'secondary', 'accent', 'neutral', ...STATES])('lets the content of %s be read on it', (fill) => {
    expect(contrastRatio(colour(`${fill}-content`), colour(fill))).toBeGreaterThanOrEqual(TEXT)
  })

  it.each([...STATES])('lets text be read on a surface that is tinted with %s', (tint) => {
    for (const under of SURFACES) {
      const tinted = mixOver(colour(tint), colour(under), 0.12)
      for (const text of ['base-content', 'muted']) {
        expect(contrastRatio(colour(text), tinted)).toBeGreaterThanOrEqual(TEXT)
      }
    }
  })

  it('lets text be read on the bar behind it', () => {
    for (const under of SURFACES) {
      const bar = mixOver(colour('primary'), colour(under), 0.15)
      expect(contrastRatio(colour('base-content'), bar)).toBeGreaterThanOrEqual(TEXT)
    }
  })

  it.each(Array.from({ length: 8 }, (_, index) => `chart-${index + 1}`))('lets %s be seen on a card', (line) => {
    expect(contrastRatio(colour(line), colour('base-200'))).toBeGreaterThanOrEqual(GRAPHIC)
  })

  it('lets quiet text be read in the well of a field, a badge and a code', () => {
    expect(contrastRatio(colour('muted'), colour('neutral'))).toBeGreaterThanOrEqual(TEXT)
  })
})

it('knows the two ends of contrast', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrastRatio('#123456', '#123456')).toBe(1)
  expect(mixOver('#ffffff', '#000000', 0.5)).toBe('#808080')
})
