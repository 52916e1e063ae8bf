import { CliError } from '../cli-error.ts'
import { parseInstant } from '../parse/parse-instant.ts'

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** Flags of `sessions list` that choose sessions. */
export interface SessionFilterOptions {
  readonly player?: string
  readonly server?: string
  readonly domain?: string
  readonly country?: string
  readonly platform?: 'java' | 'bedrock'
  readonly clientVersion?: string
  readonly from?: string
  readonly to?: string
  readonly open?: true
  readonly ended?: true
  readonly secondary?: true
}

/**
 * Turns the flags into the query of the API.
 *
 * @throws CliError USAGE for an instant that is none, or a range that is empty
 */
export function toSessionQuery(
  options: SessionFilterOptions,
  at: { readonly nowMs: number; readonly timeZone: string },
) {
  const { player, server, domain, country, platform, clientVersion, open, ended, secondary } = options
  const instant = (flag: string, text: string | undefined): string | undefined => {
    if (text === undefined) return undefined
    const atMs = parseInstant(text, at)
    if (atMs !== undefined) return String(atMs)
    throw new CliError(
      'USAGE',
      `${flag} must be an instant such as 2h (ago), 2026-11-21 or "2026-11-21 18:30", but is "${text}".`,
    )
  }
  const fromMs = instant('--from', options.from)
  const toMs = instant('--to', options.to)
  if (fromMs !== undefined && toMs !== undefined && Number(fromMs) >= Number(toMs)) {
    throw new CliError(
      'USAGE',
      `--from must lie before --to, but "${options.from}" does not lie before "${options.to}".`,
    )
  }
  return withoutUndefined({
    player: player !== undefined && UUID.test(player) ? hyphenated(player) : undefined,
    name: player !== undefined && !UUID.test(player) ? player : undefined,
    server,
    domain: domain?.toLowerCase(),
    country: country?.toUpperCase(),
    platform,
    version: clientVersion,
    fromMs,
    toMs,
    open: open === true ? ('true' as const) : ended === true ? ('false' as const) : undefined,
    secondary: secondary === true ? ('include' as const) : undefined,
  })
}

function hyphenated(uuid: string): string {
  const digits = uuid.replaceAll('-', '').toLowerCase()
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<Value>
}
