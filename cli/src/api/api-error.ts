import type { ErrorBody } from '@mctrack/collector/api'
import { type ErrorCode, isErrorCode } from '@mctrack/sdk/protocol'
import { CliError } from '../cli-error.ts'
import { cleanText } from '../terminal/clean-text.ts'
import { type CollectorPlace, FOUND_BY_LOGIN } from './find-collector.ts'

/** What fields of the API are called on the command line. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: 'The name',
  gamemode: 'The game mode',
  timeZone: '--time-zone',
  currency: '--currency',
  resumeWindowMs: '--resume-window (in milliseconds)',
  dataRetentionDays: '--keep-days',
  graceSeconds: '--grace (in seconds)',
  networkId: "The network's id",
  keyId: "The key's id",
  deadLetterId: "The dead letter's id",
  serverName: "The server's name",
  backend: "The backend's name",
  '': 'What was sent',
}

/** What to do, where the collector cannot know that it talks to a person at a terminal. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  SERVER_NOT_FOUND: 'See which there are with: mctrack servers list; backends with: mctrack gamemodes list',
  KEY_NOT_FOUND: 'See which there are with: mctrack keys list',
  ROUTE_NOT_FOUND: 'Check the address, or update the collector: it may be older than this command.',
  DEAD_LETTER_NOT_FOUND: 'See which there are with: mctrack dead-letters list',
}

/** Turns an answer that is no success into a sentence with what to do. */
export async function readApiError(response: Response, place: CollectorPlace): Promise<CliError> {
  const location = response.headers.get('location')
  if (location !== null && URL.canParse(location, place.url)) {
    const { origin } = new URL(location, place.url)
    return new CliError('COLLECTOR_UNREACHABLE', `${place.url} sends on to ${origin}. Give that address with --url.`)
  }
  const error = parseErrorBody(await response.text().catch(() => ''))
  if (error === undefined) return notACollector(place, `it answered with status ${response.status}`)
  const { code, message, fields = [] } = error
  if (code === 'TOKEN_MISSING') {
    return new CliError(
      code,
      `No token is known for ${place.url}. Log in with: mctrack login --url ${place.url}. Or give a token with --token or MCTRACK_TOKEN; the operator's is in the file "operator-token" of the collector's data directory.`,
    )
  }
  if (code === 'TOKEN_UNKNOWN' && place.tokenFoundBy === FOUND_BY_LOGIN) {
    const again = `mctrack login --url ${place.url}`
    return new CliError(
      code,
      `You are no longer logged in to ${place.url}: the token was revoked, or has expired. Log in again: ${again}`,
    )
  }
  if (code === 'TOKEN_UNKNOWN') {
    return new CliError(
      code,
      `The token ${place.tokenFoundBy} is not valid at ${place.url}. Give the right one with --token or MCTRACK_TOKEN.`,
    )
  }
  if (fields.length === 0) return new CliError(code, cleanText([message, HINTS[code] ?? ''].join(' ').trim()))
  // One complaint a field: the others often say the same in other words.
  const first = fields.filter(({ path }, index) => fields.findIndex((field) => field.path === path) === index)
  const sentences = first.map(({ path, message: why }) => `${FIELD_NAMES[path] ?? path} ${asPredicate(why)}`)
  return new CliError(code, cleanText(sentences.join(' ')))
}

/** Turns a request that got no answer into a sentence with what to do. */
export function toUnreachable(error: unknown, place: CollectorPlace): CliError {
  const { host, hostname } = new URL(place.url)
  const code = causeCode(error)
  const unreachable = (message: string): CliError => new CliError('COLLECTOR_UNREACHABLE', message, { cause: error })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(`There is no host called ${hostname}. Check the address (${place.foundBy}).`)
  }
  if (code === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return unreachable(`${place.url} does not answer in time. Check the address, the network and the firewall.`)
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return unreachable(`There is no way to ${host} from this machine. Check the network and the firewall.`)
  }
  if (/CERT|SELF_SIGNED|ALTNAME|ISSUER/.test(code)) {
    return unreachable(`The certificate of ${host} is not trusted (${code}). Check the address, or trust its issuer.`)
  }
  if (/SSL|TLS|HPE_/.test(code)) {
    return unreachable(`${host} does not speak ${place.url.split(':')[0]}. Try the other of http and https.`)
  }
  if (lastMessage(error) === 'bad port') {
    return unreachable(`HTTP is never spoken on the port of ${host}. Check the address (${place.foundBy}).`)
  }
  if (code === 'ECONNREFUSED') {
    return unreachable(
      `No collector answers at ${place.url} (${place.foundBy}). Start one with "mctrack up", or say where it is with --url.`,
    )
  }
  return unreachable(
    `The connection to ${place.url} broke (${code || lastMessage(error)}). Look whether it still runs, and what "mctrack doctor" says.`,
  )
}

/** Something answers, but it is no collector. */
export function notACollector(place: CollectorPlace, why: string): CliError {
  return new CliError(
    'COLLECTOR_UNREACHABLE',
    `Something answers at ${place.url}, but it is no MCTrack collector (${why}). Check the address (${place.foundBy}).`,
  )
}

function parseErrorBody(
  text: string,
): { readonly code: ErrorCode; readonly message: string; readonly fields?: ErrorBody['error']['fields'] } | undefined {
  try {
    const { error } = JSON.parse(text) as Partial<ErrorBody>
    if (typeof error?.message !== 'string' || typeof error.code !== 'string') return undefined
    const { message, fields } = error
    // A newer collector may know more codes than this command does.
    const code = isErrorCode(error.code) ? error.code : 'INTERNAL'
    return Array.isArray(fields) ? { code, message, fields } : { code, message }
  } catch {
    return undefined
  }
}

function asPredicate(message: string): string {
  const text = /^(must|is|are|has|have)\b/.test(message) ? message : `is not right: ${message}`
  return text.endsWith('.') ? text : `${text}.`
}

function lastMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given'
  return error.cause instanceof Error ? lastMessage(error.cause) : error.message
}

function causeCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error.name === 'TimeoutError') return error.name
  if ('code' in error && typeof error.code === 'string') return error.code
  return causeCode(error.cause)
}
