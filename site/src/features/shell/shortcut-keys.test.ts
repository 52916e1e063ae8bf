import { expect, it } from 'vitest'
import { createShortcutMatcher, type KeyPress, type Shortcut } from './shortcut-keys.ts'

const shortcut = (keys: string): Shortcut => ({ keys, title: keys, group: 'other', run: () => {} })
const SHORTCUTS = ['?', 'x', 'l', 'g l', 'g p'].map(shortcut)

function press(...keys: Array<string | Partial<KeyPress>>): ReadonlyArray<string | undefined> {
  const match = createShortcutMatcher(() => SHORTCUTS)
  return keys.map((key, index) => {
    const base = { key: '', hasModifier: false, isTyping: false, atMs: index * 100 }
    return match({ ...base, ...(typeof key === 'string' ? { key } : key) })?.keys
  })
}

it('knows single keys and two in a row', () => {
  expect(press('x')).toEqual(['x'])
  expect(press('?')).toEqual(['?'])
  expect(press('g', 'l')).toEqual([undefined, 'g l'])
  expect(press('G', 'P')).toEqual([undefined, 'g p'])
})

it('takes the second key alone when it makes no pair, or comes late', () => {
  expect(press('g', 'x')).toEqual([undefined, 'x'])
  expect(press('g', { key: 'l', atMs: 5_000 })).toEqual([undefined, 'l'])
  expect(press('g', 'g', 'l')).toEqual([undefined, undefined, 'g l'])
})

it('leaves keys to those who type or hold a modifier', () => {
  expect(press({ key: 'x', isTyping: true })).toEqual([undefined])
  expect(press({ key: 'x', hasModifier: true })).toEqual([undefined])
  expect(press({ key: 'g', isTyping: true }, 'l')).toEqual([undefined, 'l'])
  expect(press('Enter', 'Escape')).toEqual([undefined, undefined])
})
