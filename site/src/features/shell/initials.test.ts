import { expect, it } from 'vitest'
import { initials } from './initials.ts'

it.each([
  ['Axolotl Network', 'AN'],
  ['axolotl', 'AX'],
  ['Émile Zola', 'ÉZ'],
  ['x', 'X'],
  ['', '·'],
  ['<script>', 'SC'],
  ['🦊🦊', '·'],
  ['𝒜lpha', '𝒜L'],
])('shortens %j to %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
