import { describe, expect, it } from 'vitest'
import { cleanText, cleanValue, formatJson } from './clean-text.ts'

const ATTACKS: ReadonlyArray<readonly [what: string, text: string]> = [
  ['colours', '\u001b[31mred'],
  ['clearing the screen', '\u001b[2J\u001b[H'],
  ['setting the title', '\u001b]0;title\u0007'],
  ['writing to the clipboard', '\u001b]52;c;Zm9v\u001b\\'],
  ['the control sequence introducer in one character', '\u009b31m'],
  ['going back over the line', 'safe\rwrong\b\b'],
  ['new lines', 'a\nb\u2028c\u2029d\u0085e'],
  ['turning the order of letters', 'abc\u202edef\u2066ghi'],
  ['NUL and DEL', 'a\u0000b\u007fc'],
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

describe('a text from outside', () => {
  it.each(ATTACKS)('does not reach the terminal with %s', (_, text) => {
    expect(cleanText(text)).not.toMatch(STEERING)
    expect(cleanText(text)).toContain('\ufffd')
  })
  it('keeps everything that is only a letter', () => {
    const text = 'Ünïcødé 東京 👩‍👩‍👧 §c ~!'
    expect(cleanText(text)).toBe(text)
  })
})

describe('a value from outside', () => {
  it('is cleaned down to the names of its fields, and else stays as it is', () => {
    const value = { 'a\u001b': ['x\u0007', { b: '\u009b' }], n: 1, t: true, z: null }
    expect(cleanValue(value)).toEqual({ 'a\ufffd': ['x\ufffd', { b: '\ufffd' }], n: 1, t: true, z: null })
  })
  it('cannot change what objects are', () => {
    const cleaned = cleanValue(JSON.parse('{"__proto__":{"polluted":true}}')) as { polluted?: boolean }
    expect(cleaned.polluted).toBeUndefined()
  })
})

describe('JSON', () => {
  it.each(ATTACKS)('shows %s as escapes, and reads back the same', (_, text) => {
    const json = formatJson({ text })
    expect(json).not.toMatch(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone
    expect(json).not.toMatch(/[\u0000-\u001f]/)
    expect(JSON.parse(json)).toEqual({ text })
  })
})
