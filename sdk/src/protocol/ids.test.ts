import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createUuidV7, formatUuid, isSameId, parseUuid } from './ids.ts'

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 })

it('formats and parses any 16 bytes', () => {
  fc.assert(
    fc.property(ids, (id) => {
      expect(parseUuid(formatUuid(id))).toEqual(id)
      expect(parseUuid(formatUuid(id).replaceAll('-', '').toUpperCase())).toEqual(id)
    }),
  )
})

it.each([
  '',
  'notch',
  '069a79f4-44e9-4726-a5be-fca90e38aaf',
  '069a79f4-44e9-4726-a5be-fca90e38aafg',
  '069a79f444e94726a5befca90e38aaf5 ',
])('refuses %j', (text) => {
  expect(parseUuid(text)).toBeUndefined()
})

it('makes version 7 with its milliseconds in front', () => {
  const id = createUuidV7(0x0123456789ab, new Uint8Array(10).fill(0xff))
  expect(formatUuid(id)).toBe('01234567-89ab-7fff-bfff-ffffffffffff')
})

it('orders version 7 by time', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 47), fc.nat(2 ** 47), ids, ids, (a, b, x, y) => {
      fc.pre(a < b)
      expect(formatUuid(createUuidV7(a, x)) < formatUuid(createUuidV7(b, y))).toBe(true)
    }),
  )
})

it('compares ids by their bytes', () => {
  fc.assert(fc.property(ids, ids, (a, b) => isSameId(a, b) === (formatUuid(a) === formatUuid(b))))
})
