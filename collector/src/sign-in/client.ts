import { readCredential } from '../access/index.ts'
import { limitKeyOf, maskAddress } from '../platform/client-address.ts'
import type { CountryOf } from '../platform/country.ts'

/** Where somebody signs in from. The whole address is not in it but as the key of limits, which are forgotten soon. */
export interface Client {
  readonly limitKey: string
  /** Masked; null when it is not known. */
  readonly address: string | null
  /** ISO 3166-1 alpha-2, or '' when it is not known. */
  readonly country: string
  /** What the browser says it is, cut to 256 characters. */
  readonly userAgent: string
  /** Hash of the sign-in's secret that the browser has already; undefined without one. */
  readonly earlierSha256: Buffer | undefined
}

const USER_AGENT_CHARS_MAX = 256

/** What of a request's context tells where it comes from. */
export interface ClientContext {
  readonly env: { readonly remoteAddress: string }
  readonly req: { readonly raw: Request }
}

export interface DescribeClientOptions {
  readonly countryOf: CountryOf
  readonly cookieName: string
}

export function describeClient(
  { env: { remoteAddress }, req }: ClientContext,
  { countryOf, cookieName }: DescribeClientOptions,
): Client {
  const credential = readCredential(req.raw.headers, cookieName)
  const userAgent = (req.raw.headers.get('user-agent') ?? '')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, USER_AGENT_CHARS_MAX)
  return {
    limitKey: limitKeyOf(remoteAddress),
    address: maskAddress(remoteAddress),
    country: countryOf(remoteAddress),
    userAgent,
    earlierSha256: credential?.kind === 'session' ? credential.sha256 : undefined,
  }
}
