import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPropertyFilter, parsePropertyFilter } from './property-filter.ts'

describe('a filter by a property', () => {
  it('comes back as it was written, whatever is in its name and value', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom('a=b', '%3D', '%', '=', '%25=')), text, (name, value) => {
        const expected = name === '' ? undefined : { name, value }
        expect(parsePropertyFilter(formatPropertyFilter({ name, value }))).toEqual(expected)
      }),
    )
  })

  it.each(['', 'level', '=5'])('is none without a name: %j', (text) => {
    expect(parsePropertyFilter(text)).toBeUndefined()
  })
})
