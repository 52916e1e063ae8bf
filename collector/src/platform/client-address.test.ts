import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findClientAddress, limitKeyOf, maskAddress, parseAddressRange } from './client-address.ts'

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

it.each([
  ['203.0.113.77', '203.0.113.77/32'],
  ['::ffff:203.0.113.77', '203.0.113.77/32'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['', 'unknown'],
])('limits count %s as %s', (address, key) => {
  expect(limitKeyOf(address)).toBe(key)
})

it.each(['10.0.0.0/33', '::/129', 'x', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.0/-1'])('%s is no range', (text) => {
  expect(parseAddressRange(text)).toBeUndefined()
})

const PROXIES = ['10.0.0.0/8', 'fd00::/8', '192.0.2.1'].map((text) => {
  const range = parseAddressRange(text)
  if (range === undefined) throw new Error(text)
  return range
})

it.each([
  ['a socket of nobody that is trusted, whatever the header says', '198.51.100.7', '203.0.113.1', '198.51.100.7'],
  ['what the trusted proxy says', '10.1.2.3', '203.0.113.1', '203.0.113.1'],
  ['the last one before the trusted proxies', '10.1.2.3', '1.1.1.1, 203.0.113.1, 192.0.2.1', '203.0.113.1'],
  ['the last one that is an address', '10.1.2.3', '203.0.113.1, nonsense', '10.1.2.3'],
  ['the proxy where it says nothing', '10.1.2.3', null, '10.1.2.3'],
  ['IPv6', '::ffff:10.1.2.3', '2001:db8::1, fd00::2', '2001:db8::1'],
  ['the first one where all are trusted', '10.1.2.3', '10.9.9.9', '10.9.9.9'],
])('the client is %s', (_what, remote, header, client) => {
  expect(findClientAddress(remote, header, PROXIES)).toBe(client)
})
