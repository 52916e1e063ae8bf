import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskAddress } from './mask-address.ts'

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['127.0.0.1', '127.0.0.0/24'],
  ['2001:db8:88:1:2:3:4:5', '2001:db8:88::/48'],
  ['2001:0db8:0000:0001:0002:0003:0004:0005', '2001:db8::/48'],
  ['2001:db8::abcd', '2001:db8::/48'],
  ['0000:0000:0000:0000:0000:0000:0000:0001', '::/48'],
  ['::1', '::/48'],
  ['::', '::/48'],
  ['0:0:1::', '0:0:1::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['0000:0000:0000:0000:0000:ffff:cb00:714d', '203.0.113.0/24'],
  ['64:ff9b::203.0.113.77', '64:ff9b::/48'],
])('of %s keeps %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked)
})

it.each(['', 'localhost', '203.0.113', '203.0.113.256', '2001:db8::1::2', '203.0.113.7, 198.51.100.1'])(
  'keeps nothing of %j',
  (text) => {
    expect(maskAddress(text)).toBeNull()
  },
)

it('gives all addresses of a network the same, and never a whole address', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      const others = address.replace(/\d+$/, '1')
      expect(maskAddress(address)).toBe(maskAddress(others))
      expect(maskAddress(address)).toMatch(/^(\d+\.){3}0\/24$/)
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }), (groups) => {
      fc.pre(groups.slice(0, 5).some((group) => group > 0))
      const text = (all: readonly number[]) => all.map((group) => group.toString(16)).join(':')
      const masked = maskAddress(text(groups))
      expect(masked).toBe(maskAddress(text([...groups.slice(0, 3), 1, 2, 3, 4, 5])))
      expect(masked?.split(':').filter((part) => /^[0-9a-f]+$/.test(part)).length).toBeLessThanOrEqual(3)
    }),
  )
})
