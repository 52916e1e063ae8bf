import { isIP } from 'node:net'
import type { JoinDetails } from '../core/index.ts'
import { END_REASONS, type Id, LIMITS, type Properties, parseUuid } from '../protocol/index.ts'
import type { EventMap, PlayerHistory, PlayerJoin, Purchase, ServerGauges } from './options.ts'

/** An input that cannot be sent, with the sentence that says why. */
export interface Invalid {
  readonly kind: 'invalid'
  readonly message: string
}

function invalid(message: string): Invalid {
  return { kind: 'invalid', message }
}

/** Whether a text is longer than `max` bytes of UTF-8. */
function isTooLong(text: string, max: number): boolean {
  return text.length > max || Buffer.byteLength(text) > max
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the collector takes no text that has one
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f]/g

/** A client may send anything as its version, and one text that cannot be taken would stop the whole link. */
function cleanText(text: string): string {
  return text.toWellFormed().replace(CONTROL, '?')
}

/** Checks what a developer passed to `join`, which may be anything at run time. */
export function checkJoin(join: PlayerJoin, sessionId: Id): (JoinDetails & { readonly kind: 'join' }) | Invalid {
  const player = typeof join?.uuid === 'string' ? parseUuid(join.uuid) : undefined
  if (player === undefined) return invalid(`join: uuid must be a UUID, got ${JSON.stringify(join?.uuid)}`)
  const { name, hostname = '', device = '', clientVersion = '', backend = '' } = join
  const texts: ReadonlyArray<readonly [string, unknown, number]> = [
    ['name', name, LIMITS.playerNameBytesMax],
    ['hostname', hostname, Number.MAX_SAFE_INTEGER],
    ['device', device, LIMITS.deviceBytesMax],
    ['clientVersion', clientVersion, LIMITS.clientVersionBytesMax],
    ['backend', backend, LIMITS.backendBytesMax],
  ]
  for (const [field, text, max] of texts) {
    if (typeof text !== 'string' || isTooLong(text, max)) {
      return invalid(`join: ${field} must be a text of at most ${max} bytes`)
    }
  }
  if (name === '') return invalid('join: name must not be empty')
  const { platform = 'java', protocolVersion = 0 } = join
  if (platform !== 'java' && platform !== 'bedrock') return invalid('join: platform must be "java" or "bedrock"')
  if (!Number.isSafeInteger(protocolVersion) || protocolVersion < 0 || protocolVersion > 0x7fffffff) {
    return invalid('join: protocolVersion must be a whole number from 0')
  }
  return {
    kind: 'join',
    sessionId,
    player,
    name: cleanText(name),
    hostname: hostname.slice(0, LIMITS.domainBytesMax * 4),
    address: cleanAddress(join.address),
    platform,
    device: cleanText(device).toLowerCase(),
    protocolVersion,
    clientVersion: cleanText(clientVersion),
    backend: cleanText(backend),
  }
}

/** A textual IP address without zone, or '' for anything else: a wrong address only costs the country. */
function cleanAddress(address: unknown): string {
  if (typeof address !== 'string') return ''
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIP(plain) === 0 ? '' : plain
}

/** Checks what `addHistory` takes beside the join; each event and purchase is checked on its own. */
export function checkHistory<Events extends EventMap>(history: PlayerHistory<Events>): Invalid | undefined {
  const { startedAtMs, endedAtMs, reason = 'quit', afkMs = 0, switches = [], events = [], purchases = [] } = history
  const wrong = checkTimes('addHistory', { startedAtMs, endedAtMs, afkMs })
  if (wrong !== undefined) return wrong
  if (endedAtMs < startedAtMs) return invalid('addHistory: endedAtMs lies before startedAtMs')
  if (!END_REASONS.includes(reason)) return invalid('addHistory: reason is unknown')
  for (const [field, list] of Object.entries({ switches, events, purchases })) {
    if (!Array.isArray(list)) return invalid(`addHistory: ${field} must be a list`)
  }
  for (const entry of switches as ReadonlyArray<Partial<NonNullable<PlayerHistory['switches']>[number]> | null>) {
    const wrongSwitch =
      checkTimes('addHistory', { atMs: entry?.atMs }) ??
      checkText('addHistory: backend', entry?.backend, LIMITS.backendBytesMax)
    if (wrongSwitch !== undefined) return wrongSwitch
  }
  return undefined
}

/** Checks that each is a whole number of milliseconds, as the wire has them. */
export function checkTimes(call: string, times: Readonly<Record<string, unknown>>): Invalid | undefined {
  for (const [field, value] of Object.entries(times)) {
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      return invalid(`${call}: ${field} must be a whole number of milliseconds`)
    }
  }
  return undefined
}

/** Largest values that the protocol takes. */
const GAUGE_MAX = {
  players: 0xffffffff,
  tps: 1e12,
  msptMean: 1e12,
  msptP95: 1e12,
  memoryUsedBytes: Number.MAX_SAFE_INTEGER,
  memoryMaxBytes: Number.MAX_SAFE_INTEGER,
  pingMeanMs: 1e12,
} as const

/** Gauges of which those out of range are unknown (null): the collector would end the connection over them. */
export function cleanGauges(gauges: ServerGauges): Readonly<Record<keyof typeof GAUGE_MAX, number | null>> {
  const clean = Object.entries(GAUGE_MAX).map(([name, max]) => {
    const value: unknown = gauges[name as keyof typeof GAUGE_MAX]
    return [name, typeof value === 'number' && value >= 0 && value <= max ? value : null]
  })
  return Object.fromEntries(clean)
}

export function checkEvent(name: string, properties: unknown): Invalid | undefined {
  const wrong = checkText("track: the event's name", name, LIMITS.eventNameBytesMax)
  if (wrong !== undefined) return wrong
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) {
    return invalid(`track("${name}"): properties must be an object`)
  }
  return checkProperties(name, properties as Properties)
}

function checkProperties(name: string, properties: Properties): Invalid | undefined {
  const entries = Object.entries(properties)
  if (entries.length > LIMITS.propertiesMax) {
    return invalid(`track("${name}"): at most ${LIMITS.propertiesMax} properties, got ${entries.length}`)
  }
  for (const [key, value] of entries) {
    if (key === '' || isTooLong(key, LIMITS.propertyKeyBytesMax)) {
      return invalid(`track("${name}"): a property's name must be 1 to ${LIMITS.propertyKeyBytesMax} bytes`)
    }
    const isFine =
      typeof value === 'string'
        ? !isTooLong(value, LIMITS.propertyStringBytesMax)
        : value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    if (!isFine) {
      return invalid(
        `track("${name}"): "${key}" must be a text of at most ${LIMITS.propertyStringBytesMax} bytes, a finite number, a boolean or null`,
      )
    }
  }
  return undefined
}

export function checkPurchase(purchase: Purchase): Invalid | undefined {
  for (const field of ['store', 'transactionId', 'product'] as const) {
    const wrong = checkText(`purchase: ${field}`, purchase?.[field], LIMITS.purchaseTextBytesMax)
    if (wrong !== undefined) return wrong
  }
  if (!Number.isSafeInteger(purchase.amountMinor)) {
    return invalid('purchase: amountMinor must be a whole number of minor units, such as 499 for 4.99')
  }
  if (!/^[A-Z]{3}$/.test(purchase.currency))
    return invalid('purchase: currency must be three capital letters (ISO 4217)')
  return undefined
}

export function checkText(field: string, text: unknown, max: number): Invalid | undefined {
  if (typeof text === 'string' && text !== '' && !isTooLong(text, max) && cleanText(text) === text) return undefined
  return invalid(`${field} must be a text of 1 to ${max} bytes without control characters`)
}
