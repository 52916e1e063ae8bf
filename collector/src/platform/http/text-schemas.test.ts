import { describe, expect, it } from 'vitest'
import { gamemodeNameSchema, nameSchema } from './text-schemas.ts'

describe.each([
  ['a name', nameSchema(8)],
  ['a game mode', gamemodeNameSchema],
])('%s', (_what, schema) => {
  it.each(['Ærøskøb', '生存', '👩‍🚀', 'a b', '"quoted"'])('may be %s', (text) => {
    expect(schema.parse(text)).toBe(text)
  })

  it('loses the blanks around it', () => {
    expect(schema.parse('\n lobby\t')).toBe('lobby')
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \t'],
    ['U+0000', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['an escape sequence', '\u001b[31m'],
    ['half of a character', 'a\ud800'],
    ['the other half', '\udc00a'],
  ])('may not be %s', (_name, text) => {
    expect(schema.safeParse(text).success).toBe(false)
  })
})

it('a name has at most so many characters', () => {
  expect(nameSchema(8).safeParse('x'.repeat(8)).success).toBe(true)
  expect(nameSchema(8).safeParse('x'.repeat(9)).success).toBe(false)
})

it('a game mode has at most 64 bytes', () => {
  expect(gamemodeNameSchema.safeParse('é'.repeat(32)).success).toBe(true)
  expect(gamemodeNameSchema.safeParse(`${'é'.repeat(32)}x`).success).toBe(false)
})
