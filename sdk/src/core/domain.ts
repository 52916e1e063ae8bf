import { LIMITS } from '../protocol/index.ts'

/** Clients send international names in their ASCII form; anything else is noise. */
const PRINTABLE_ASCII = /^[!-~]*$/

/**
 * The host name that the player typed, as every number uses it: port cut, cut at NUL (Forge and proxies append data
 * there), `FML` markers cut, trailing dots cut, lower case. Returns '' when nothing is left.
 *
 * @example normalizeDomain('Play.Example.NET.\0FML3\0:25565') // 'play.example.net'
 */
export function normalizeDomain(hostname: string): string {
  let host = hostname
  const nul = host.indexOf('\0')
  if (nul >= 0) host = host.slice(0, nul)
  host = host.trim().toLowerCase()
  host = host.replace(/\/\/\/.*$/, '') // TCPShield appends "///address///time".
  if (host.startsWith('[')) {
    const end = host.indexOf(']')
    host = end > 0 ? host.slice(1, end) : host.slice(1)
  } else if (host.indexOf(':') === host.lastIndexOf(':')) {
    host = host.replace(/:\d*$/, '')
  }
  host = host.replace(/fml[23]?$/, (marker, at: number) => (at > 0 && host.charAt(at - 1) !== '.' ? marker : ''))
  host = host.replace(/\.+$/, '')
  return host.length <= LIMITS.domainBytesMax && PRINTABLE_ASCII.test(host) ? host : ''
}
