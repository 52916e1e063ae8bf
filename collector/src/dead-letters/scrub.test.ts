import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scrub, scrubText } from './scrub.ts'

it.each([
  '203.0.113.7',
  'from 203.0.113.7:51234',
  '::ffff:203.0.113.7',
  '2001:db8::1',
  '2001:0db8:0000:0000:0000:0000:0000:0001',
  '[2001:db8::1]:25565',
  'fe80::1%eth0',
  '::1',
])('takes the address out of %j', (text) => {
  expect(scrubText(text)).toContain('[address]')
  expect(scrubText(text)).not.toMatch(/203\.0\.113\.7|2001|fe80|::1/)
})

it.each(['play.example.net', '1.21.11', '12:30', 'a:b', 'crate_opened'])('leaves %j alone', (text) => {
  expect(scrubText(text)).toBe(text)
})

it('drops fields that hold addresses, and looks into everything else, names of fields included', () => {
  const letter = {
    address: '203.0.113.7',
    ip: '203.0.113.7',
    name: '203.0.113.7',
    session: { address: 'x', list: ['203.0.113.7', { 'by 203.0.113.7': 1 }] },
    n: 5,
    nothing: null,
  }
  const clean = scrub(letter)
  expect(JSON.stringify(clean)).not.toContain('203.0.113.7')
  expect(clean).toMatchObject({ name: '[address]', session: { list: ['[address]', { 'by [address]': 1 }] }, n: 5 })
  expect(clean).not.toHaveProperty('address')
  expect(clean).not.toHaveProperty('session.address')
})

it('finds any address in any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.constantFrom('', ' ', 'x=', '(', '"', '/'), (address, before) => {
      fc.pre(address.length > 6)
      expect(scrubText(`${before}${address} after`)).not.toContain(address)
    }),
    { numRuns: 2_000 },
  )
})

it('bounds a text', () => {
  expect(scrubText('x'.repeat(10_000))).toHaveLength(600)
})
