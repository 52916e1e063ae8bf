import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvValue, csvLine } from './csv.ts'

/** Reads one record as RFC 4180 has it, written apart from the writer. */
function readRecord(text: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') {
        cell += '"'
        i += 1
      } else isQuoted = false
    } else if (char === '"' && cell === '') isQuoted = true
    else if (char === ',') {
      cells.push(cell)
      cell = ''
    } else if (char === '\r' && text[i + 1] === '\n') {
      if (i !== text.length - 2) throw new Error('a line end within the record')
      return [...cells, cell]
    } else cell += char
  }
  throw new Error('a record without an end')
}

const nasty = fc
  .array(fc.constantFrom('"', ',', '\r', '\n', '\t', '=', '+', '-', '@', "'", 'a', 'ü', '😀', ' '), { maxLength: 8 })
  .map((chars) => chars.join(''))

describe('csvLine', () => {
  it('is read back as it was, but for the apostrophe before what would be a formula', () => {
    const value: fc.Arbitrary<CsvValue> = fc.oneof(nasty, fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (values) => {
        const expected = values.map((one) => {
          if (one === null) return ''
          return typeof one === 'string' && /^[=+\-@\t\r]/.test(one) ? `'${one}` : String(one)
        })
        expect(readRecord(csvLine(values))).toEqual(expected)
      }),
    )
  })

  it('never begins the text of a cell with what a spreadsheet runs', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const [first = ''] = readRecord(csvLine([text]))
        expect(['=', '+', '-', '@', '\t', '\r']).not.toContain(first[0] ?? '')
      }),
    )
  })

  it('leaves negative numbers numbers', () => {
    expect(csvLine([-5, '-5', null, true])).toBe("-5,'-5,,true\r\n")
  })
})
