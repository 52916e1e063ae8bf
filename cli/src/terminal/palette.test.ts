import { expect, it } from 'vitest'
import { createPalette, wantsColor } from './palette.ts'

const terminal = { isTTY: true }

it('colours on a terminal only, and never against the will of a person', () => {
  expect(wantsColor(terminal, {}, [])).toBe(true)
  expect(wantsColor({}, {}, [])).toBe(false)
  expect(wantsColor(terminal, { NO_COLOR: '1' }, [])).toBe(false)
  expect(wantsColor(terminal, { NO_COLOR: '' }, [])).toBe(true)
  expect(wantsColor(terminal, { TERM: 'dumb' }, [])).toBe(false)
  expect(wantsColor(terminal, {}, ['live', '--no-color'])).toBe(false)
})

it('leaves texts as they are without colour', () => {
  for (const style of Object.values(createPalette(false))) expect(style('text')).toBe('text')
  for (const style of Object.values(createPalette(true))) expect(style('text')).not.toBe('text')
})
