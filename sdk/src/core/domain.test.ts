import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normalizeDomain } from './domain.ts'

it.each([
  ['play.example.net', 'play.example.net'],
  ['Play.Example.NET', 'play.example.net'],
  ['play.example.net.', 'play.example.net'],
  ['play.example.net:25565', 'play.example.net'],
  ['play.example.net.\0FML3\0', 'play.example.net'],
  ['play.example.net\0FML\0', 'play.example.net'],
  ['play.example.net\x00203.0.113.7\x00069a79f444e94726a5befca90e38aaf5', 'play.example.net'],
  ['play.example.net///203.0.113.7:51234///1763680000', 'play.example.net'],
  ['play.example.net.FML', 'play.example.net'],
  ['myfml', 'myfml'],
  ['203.0.113.9', '203.0.113.9'],
  ['[2001:db8::1]:25565', '2001:db8::1'],
  ['2001:db8::1', '2001:db8::1'],
  ['  play.example.net ', 'play.example.net'],
  ['', ''],
  ['.', ''],
  ['münchen.example', ''],
  ['a b', ''],
  ['x'.repeat(254), ''],
])('%j is %j', (hostname, domain) => {
  expect(normalizeDomain(hostname)).toBe(domain)
})

it('gives printable ASCII of a bounded length for anything, and the same when done twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (hostname) => {
      const domain = normalizeDomain(hostname)
      expect(domain).toMatch(/^[!-~]{0,253}$/)
      expect(domain).toBe(domain.toLowerCase())
      expect(normalizeDomain(domain)).toBe(normalizeDomain(normalizeDomain(domain)))
    }),
  )
})
