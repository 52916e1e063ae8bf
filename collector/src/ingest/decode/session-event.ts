import {
  END_REASON_CODE,
  type EndReason,
  EVENT,
  LIMITS,
  PLATFORM_CODE,
  type Platform,
  SERVER_KIND_CODE,
  type ServerKind,
} from '@mctrack/sdk/protocol'
import { keyAt, type SessionRecord, type Stay } from '../../live/index.ts'
import type { CountryOf } from '../../platform/country.ts'
import { clientVersionOf } from '../client-version.ts'
import { type IngestEvent, NO_EVENT, type Refusal, refuse, TOO_FEW_FIELDS } from '../event.ts'
import {
  copyId,
  type Reader,
  readArrayLength,
  readEventFields,
  readId,
  readInteger,
  readNil,
  readPrivateText,
  readText,
  skipValue,
} from './reader.ts'

const SESSION_FIELDS = 10
const STAY_FIELDS = 3
const UINT32_MAX = 0xffffffff

const platforms = invert(PLATFORM_CODE)
const reasons = invert(END_REASON_CODE)
const serverKinds = invert(SERVER_KIND_CODE)

export function platformOf(code: number): Platform | undefined {
  return platforms.get(code)
}

export function serverKindOf(code: number): ServerKind | undefined {
  return serverKinds.get(code)
}

/**
 * Reads an event of the sessions lane.
 *
 * @param reader stands at the event's array; fields beyond what is known are passed over
 * @returns undefined for a type that is not known; the caller passes over the whole event then, as for a refusal
 * @throws MalformedError when the bytes are not whole MessagePack
 */
export function decodeSessionEvent(reader: Reader, countryOf: CountryOf): IngestEvent | Refusal | undefined {
  const fields = readEventFields(reader)
  const type = fields < 0 ? fields : readInteger(reader)
  if (!(type >= 0)) return NO_EVENT
  switch (type) {
    case EVENT.sessionStart:
      return fields < 2 ? TOO_FEW_FIELDS : decodeStart(reader, fields, countryOf)
    case EVENT.gamemodeSwitch:
      return fields < 3 ? TOO_FEW_FIELDS : decodeSwitch(reader, fields, countryOf)
    case EVENT.sessionEnd:
      return fields < 5 ? TOO_FEW_FIELDS : decodeEnd(reader, fields, countryOf)
    case EVENT.purchase:
      return fields < 9 ? TOO_FEW_FIELDS : decodePurchase(reader, fields)
    default:
      return undefined
  }
}

function decodeStart(reader: Reader, fields: number, countryOf: CountryOf): IngestEvent | Refusal {
  const record = decodeSession(reader, countryOf)
  if ('kind' in record) return record
  const stay = decodeStayOrNil(reader)
  if (stay === undefined) return refuse('EVENT_MALFORMED', 'stay')
  skipRest(reader, fields - 2)
  return { kind: 'start', record, stay }
}

function decodeSwitch(reader: Reader, fields: number, countryOf: CountryOf): IngestEvent | Refusal {
  const record = decodeSession(reader, countryOf)
  if ('kind' in record) return record
  const ended = decodeStayOrNil(reader)
  if (ended === undefined) return refuse('EVENT_MALFORMED', 'ended stay')
  const begun = decodeStay(reader)
  if (begun === undefined) return refuse('EVENT_MALFORMED', 'begun stay')
  skipRest(reader, fields - 3)
  return { kind: 'switch', record, ended, begun }
}

function decodeEnd(reader: Reader, fields: number, countryOf: CountryOf): IngestEvent | Refusal {
  const record = decodeSession(reader, countryOf)
  if ('kind' in record) return record
  const ended = decodeStayOrNil(reader)
  if (ended === undefined) return refuse('EVENT_MALFORMED', 'ended stay')
  const endedAtMs = readInteger(reader)
  const reasonCode = readInteger(reader)
  const afkMs = readInteger(reader)
  if (!(endedAtMs >= 0)) return refuse('EVENT_MALFORMED', 'endedAtMs')
  if (!(reasonCode >= 0)) return refuse('EVENT_MALFORMED', 'reason')
  if (!(afkMs >= 0)) return refuse('EVENT_MALFORMED', 'afkMs')
  skipRest(reader, fields - 5)
  const reason: EndReason | 'other' = reasons.get(reasonCode) ?? 'other'
  return { kind: 'end', record, ended, endedAtMs, reason, afkMs: Math.min(afkMs, UINT32_MAX) }
}

/** The ten fields of a session. */
export function decodeSession(reader: Reader, countryOf: CountryOf): SessionRecord | Refusal {
  const length = readArrayLength(reader)
  if (length < SESSION_FIELDS) return refuse('EVENT_MALFORMED', 'session')
  const { bytes } = reader
  const sessionAt = readId(reader)
  const startedAtMs = readInteger(reader)
  const playerAt = readId(reader)
  const playerName = readText(reader, LIMITS.playerNameBytesMax)
  const domain = readText(reader, LIMITS.domainBytesMax)
  const address = readPrivateText(reader, LIMITS.addressBytesMax)
  const platform = platforms.get(readInteger(reader))
  const device = readText(reader, LIMITS.deviceBytesMax)
  const protocolVersion = readInteger(reader)
  const clientVersion = readText(reader, LIMITS.clientVersionBytesMax)
  skipRest(reader, length - SESSION_FIELDS)
  if (sessionAt < 0) return refuse('EVENT_MALFORMED', 'sessionId')
  if (!(startedAtMs >= 0)) return refuse('EVENT_MALFORMED', 'startedAtMs')
  if (playerAt < 0) return refuse('EVENT_MALFORMED', 'playerId')
  if (playerName === undefined || playerName === '') return refuse('EVENT_MALFORMED', 'playerName')
  if (domain === undefined) return refuse('EVENT_MALFORMED', 'domain')
  if (address === undefined) return refuse('EVENT_MALFORMED', 'address')
  if (platform === undefined) return refuse('EVENT_MALFORMED', 'platform')
  if (device === undefined) return refuse('EVENT_MALFORMED', 'device')
  if (!(protocolVersion >= 0 && protocolVersion <= UINT32_MAX)) return refuse('EVENT_MALFORMED', 'protocolVersion')
  if (clientVersion === undefined) return refuse('EVENT_MALFORMED', 'clientVersion')
  return {
    key: keyAt(bytes, sessionAt),
    sessionId: copyId(reader, sessionAt),
    playerKey: keyAt(bytes, playerAt),
    playerId: copyId(reader, playerAt),
    playerName,
    startedAtMs,
    domain,
    platform,
    device,
    country: address === '' ? '' : countryOf(address),
    protocolVersion,
    clientVersion: clientVersionOf(platform, protocolVersion, clientVersion),
  }
}

/** A stay, null for nil, undefined for anything else. */
export function decodeStayOrNil(reader: Reader): Stay | null | undefined {
  return readNil(reader) ? null : decodeStay(reader)
}

function decodeStay(reader: Reader): Stay | undefined {
  const length = readArrayLength(reader)
  if (length < STAY_FIELDS) return undefined
  const ordinal = readInteger(reader)
  const backend = readText(reader, LIMITS.backendBytesMax)
  const startedAtMs = readInteger(reader)
  skipRest(reader, length - STAY_FIELDS)
  if (!(ordinal >= 0 && ordinal <= UINT32_MAX) || !backend || !(startedAtMs >= 0)) return undefined
  return { ordinal, backend, startedAtMs }
}

function decodePurchase(reader: Reader, fields: number): IngestEvent | Refusal {
  const eventAt = readId(reader)
  const atMs = readInteger(reader)
  const sessionAt = readNil(reader) ? null : readId(reader)
  const playerAt = readId(reader)
  const store = readText(reader, LIMITS.purchaseTextBytesMax)
  const transactionId = readText(reader, LIMITS.purchaseTextBytesMax)
  const product = readText(reader, LIMITS.purchaseTextBytesMax)
  const amountMinor = readInteger(reader)
  const currency = readText(reader, 3)
  skipRest(reader, fields - 9)
  if (eventAt < 0) return refuse('EVENT_MALFORMED', 'eventId')
  if (!(atMs >= 0)) return refuse('EVENT_MALFORMED', 'atMs')
  if (sessionAt !== null && sessionAt < 0) return refuse('EVENT_MALFORMED', 'sessionId')
  if (playerAt < 0) return refuse('EVENT_MALFORMED', 'playerId')
  if (!store) return refuse('EVENT_MALFORMED', 'store')
  if (!transactionId) return refuse('EVENT_MALFORMED', 'transactionId')
  if (product === undefined) return refuse('EVENT_MALFORMED', 'product')
  if (Number.isNaN(amountMinor)) return refuse('EVENT_MALFORMED', 'amountMinor')
  if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return refuse('EVENT_MALFORMED', 'currency')
  return {
    kind: 'purchase',
    eventId: copyId(reader, eventAt),
    atMs,
    sessionId: sessionAt === null ? null : copyId(reader, sessionAt),
    playerId: copyId(reader, playerAt),
    store,
    transactionId,
    product,
    amountMinor,
    currency,
  }
}

/** Fields that a newer sender added. */
function skipRest(reader: Reader, fields: number): void {
  for (let i = 0; i < fields; i++) skipValue(reader)
}

function invert<Name extends string>(codes: Readonly<Record<Name, number>>): ReadonlyMap<number, Name> {
  return new Map((Object.entries(codes) as Array<[Name, number]>).map(([name, code]) => [code, name]))
}
