import { isIP } from 'node:net'

/** The first three bytes of an IPv4 address. */
const IPV4_BITS = 24
/** The first three groups of an IPv6 address. */
const IPV6_BITS = 48
const IPV6_GROUPS = 8

/**
 * What is kept of an address: its network, `203.0.113.0/24` or `2001:db8:88::/48`. Null for a text that is no address.
 *
 * An IPv4 address that came over an IPv6 socket (`::ffff:203.0.113.7`) is one of IPv4.
 */
export function maskAddress(text: string): string | null {
  const [address = ''] = text.split('%') // A zone, as in fe80::1%eth0, is of this machine alone.
  switch (isIP(address)) {
    case 4:
      return maskIpv4(address)
    case 6:
      return maskIpv6(groupsOf(address))
    default:
      return null
  }
}

function maskIpv4(address: string): string {
  return `${address.split('.').slice(0, 3).join('.')}.0/${IPV4_BITS}`
}

function maskIpv6(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return maskIpv4([high >> 8, high & 0xff, low >> 8, low & 0xff].join('.'))
  const kept = groups.slice(0, 3).map((group) => group.toString(16))
  while (kept.at(-1) === '0') kept.pop()
  return `${kept.join(':')}::/${IPV6_BITS}`
}

/** The eight groups of an address that is one. */
function groupsOf(address: string): number[] {
  const numbers = (part: string | undefined): number[] =>
    part === undefined || part === '' ? [] : part.split(':').flatMap(toGroups)
  const [before, after] = address.split('::')
  const [first, last] = [numbers(before), numbers(after)]
  return [...first, ...Array<number>(IPV6_GROUPS - first.length - last.length).fill(0), ...last]
}

/** The end of an IPv6 address may be written as an IPv4 address: two groups. */
function toGroups(text: string): number[] {
  if (!text.includes('.')) return [Number.parseInt(text, 16)]
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number)
  return [a * 256 + b, c * 256 + d]
}
