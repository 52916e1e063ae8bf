import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What is kept of an address, in bits: the first three bytes of IPv4, the first three groups of IPv6. */
const KEPT_BITS = { ipv4: 24, ipv6: 48 } as const
/** What one household or one machine has of IPv6: limits count it as one. */
const LIMITED_BITS = { ipv4: 32, ipv6: 64 } as const
/** Proxies that a request may have come through. */
const HOPS_MAX = 10

/**
 * What is kept of an address: its network, `203.0.113.0/24` or `2001:db8:88::/48`. Null for a text that is no address.
 *
 * An IPv4 address that came over an IPv6 socket (`::ffff:203.0.113.7`) is one of IPv4.
 */
export function maskAddress(text: string): string | null {
  const address = parse(text)
  return address === undefined ? null : networkOf(address, KEPT_BITS[address.kind()])
}

/** What limits count an address as: IPv4 by itself, IPv6 by its /64. All that is no address counts as one. */
export function limitKeyOf(text: string): string {
  const address = parse(text)
  return address === undefined ? 'unknown' : networkOf(address, LIMITED_BITS[address.kind()])
}

/** A range of addresses, such as `10.0.0.0/8`. */
export type AddressRange = readonly [Address, number]

/** Parses `10.0.0.0/8`, `::1` or the like. Undefined for a text that is no range. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [host = '', bits, ...rest] = text.split('/')
  const address = parse(host)
  if (address === undefined || rest.length > 0) return undefined
  const bitsMax = address.kind() === 'ipv4' ? 32 : 128
  if (bits === undefined) return [address, bitsMax]
  return /^\d{1,3}$/.test(bits) && Number(bits) <= bitsMax ? [address, Number(bits)] : undefined
}

/**
 * The address of the client: the other end of the socket, or, where that is a proxy to be trusted, the last address
 * before the trusted proxies in `X-Forwarded-For`. What anybody else puts into that header is not believed.
 */
export function findClientAddress(
  remoteAddress: string,
  forwardedFor: string | null,
  trusted: readonly AddressRange[],
): string {
  if (forwardedFor === null || trusted.length === 0) return remoteAddress
  const hops = [...forwardedFor.split(',').slice(-HOPS_MAX), remoteAddress].map((hop) => hop.trim())
  let client = remoteAddress
  for (const hop of hops.reverse()) {
    const address = parse(hop)
    if (address === undefined) return client
    client = hop
    if (!trusted.some((range) => isWithin(address, range))) return client
  }
  return client
}

function isWithin(address: Address, [range, bits]: AddressRange): boolean {
  return address.kind() === range.kind() && networkOf(address, bits) === networkOf(range, bits)
}

function parse(text: string): Address | undefined {
  const [address = ''] = text.split('%') // A zone, as in fe80::1%eth0, is of this machine alone.
  return isIP(address) === 0 ? undefined : ipaddr.process(address)
}

function networkOf(address: Address, bits: number): string {
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${family.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`
}
