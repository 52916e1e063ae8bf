import { describe, expect, it } from 'vitest'
import { displayWidth, fitWidth, padWidth } from './display-width.ts'

it.each([
  ['', 0],
  ['lobby', 5],
  ['größe', 5],
  ['gro\u0308ße', 5],
  ['東京', 4],
  ['サーバー', 8],
  ['👍', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['a\u200bb', 2],
  ['\u001b[1mbold\u001b[22m', 4],
])('%j takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

describe('a text that is cut', () => {
  it('ends with an ellipsis, and never takes more than its room', () => {
    expect(fitWidth('proxy-1', 7)).toBe('proxy-1')
    expect(fitWidth('proxy-1', 6)).toBe('proxy…')
    expect(fitWidth('proxy-1', 1)).toBe('…')
    expect(fitWidth('proxy-1', 0)).toBe('')
  })
  it('is not cut through a wide character', () => {
    expect(fitWidth('東京タワー', 6)).toBe('東京…')
    expect(displayWidth(fitWidth('東京タワー', 6))).toBeLessThanOrEqual(6)
  })
})

it('fills up by columns, on either side', () => {
  expect([padWidth('東', 4), padWidth('7', 3, 'right'), padWidth('long', 2)]).toEqual(['東  ', '  7', 'long'])
})
