import { CliError } from '../cli-error.ts'
import type { Announcement } from './data-directory.ts'

const PORT_DEFAULT = '4000'

/** How a token that `mctrack login` stored was found. */
export const FOUND_BY_LOGIN = 'from "mctrack login"'

/** Where the collector is, and what opens it. */
export interface CollectorPlace {
  /** Without a slash at the end. */
  readonly url: string
  /** How the address was found, for messages: "from --url". */
  readonly foundBy: string
  /** Undefined when none is known. */
  readonly token: string | undefined
  /** How the token was found: "from MCTRACK_TOKEN". */
  readonly tokenFoundBy: string
  /** Whether it runs on this machine, so that its data directory can be looked at. */
  readonly isLocal: boolean
}

export interface FindCollectorDeps {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDirectory: string
  readonly readAnnouncement: () => Announcement | undefined
  readonly readOperatorToken: () => string | undefined
  /** What `mctrack login` stored for the address. */
  readonly readStoredToken: (url: string) => string | undefined
}

/**
 * Finds the collector: the flag, MCTRACK_URL, what the data directory says, or the default port on this machine. The
 * operator token of the data directory is sent to this machine alone, never to an address that somebody typed.
 *
 * @throws CliError USAGE for an address that is none
 */
export function findCollector(
  flags: { readonly url?: string | undefined; readonly token?: string | undefined },
  deps: FindCollectorDeps,
): CollectorPlace {
  const { env } = deps
  const { url, foundBy } = findUrl(flags.url, deps)
  const isLoopbackUrl = isLoopback(new URL(url).hostname)
  if (flags.token !== undefined) {
    return { url, foundBy, isLocal: isLoopbackUrl, token: flags.token, tokenFoundBy: 'from --token' }
  }
  if (env['MCTRACK_TOKEN']) {
    return { url, foundBy, isLocal: isLoopbackUrl, token: env['MCTRACK_TOKEN'], tokenFoundBy: 'from MCTRACK_TOKEN' }
  }
  const announced = deps.readAnnouncement()?.url
  const isAnnounced = announced !== undefined && normalizeUrl(announced, 'collector.json') === url
  return {
    url,
    foundBy,
    isLocal: isLoopbackUrl || isAnnounced,
    ...findToken(url, { isLoopbackUrl, isAnnounced }, deps),
  }
}

/**
 * Where the data directory's own collector is, its operator's token comes first: commands on the machine do what its
 * operator may, whoever logged in. At any other address of this machine (a tunnel, a container) nobody knows whose
 * collector that is, so what somebody logged in with comes before that token. Elsewhere that token is never sent.
 */
function findToken(
  url: string,
  { isLoopbackUrl, isAnnounced }: { readonly isLoopbackUrl: boolean; readonly isAnnounced: boolean },
  { dataDirectory, readOperatorToken, readStoredToken }: FindCollectorDeps,
): Pick<CollectorPlace, 'token' | 'tokenFoundBy'> {
  const operators = isAnnounced ? readOperatorToken() : undefined
  if (operators !== undefined) return { token: operators, tokenFoundBy: `from ${dataDirectory}` }
  const stored = readStoredToken(url)
  if (stored !== undefined) return { token: stored, tokenFoundBy: FOUND_BY_LOGIN }
  return { token: isLoopbackUrl ? readOperatorToken() : undefined, tokenFoundBy: `from ${dataDirectory}` }
}

function findUrl(
  flag: string | undefined,
  { env, dataDirectory, readAnnouncement }: FindCollectorDeps,
): { readonly url: string; readonly foundBy: string } {
  if (flag !== undefined) return { url: normalizeUrl(flag, '--url'), foundBy: 'from --url' }
  if (env['MCTRACK_URL']) return { url: normalizeUrl(env['MCTRACK_URL'], 'MCTRACK_URL'), foundBy: 'from MCTRACK_URL' }
  const announced = readAnnouncement()
  if (announced !== undefined) {
    return { url: normalizeUrl(announced.url, 'collector.json'), foundBy: `from ${dataDirectory}` }
  }
  const port = env['MCTRACK_PORT'] || PORT_DEFAULT
  return {
    url: normalizeUrl(`http://127.0.0.1:${port}`, 'MCTRACK_PORT'),
    foundBy: port === PORT_DEFAULT ? 'the default' : 'from MCTRACK_PORT',
  }
}

function normalizeUrl(text: string, source: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^(?:https?|wss?):$/.test(url.protocol) || url.hostname === '') {
    throw new CliError(
      'USAGE',
      `${source} must be an address such as https://mctrack.example.net, but is "${text.slice(0, 200)}".`,
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.protocol.replace('ws', 'http')}//${url.host}${path}`
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
