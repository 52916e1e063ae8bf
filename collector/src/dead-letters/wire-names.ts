import { decode, EVENT, formatUuid, parseUuid } from '@mctrack/sdk/protocol'

/**
 * Events as people read them: the fields of the wire by name, ids as UUIDs. The address is left out, so what is
 * written down here never holds one.
 */
type Field = string | { readonly name: string; readonly fields: readonly Field[] }

const SESSION: readonly Field[] = [
  'sessionId',
  'startedAtMs',
  'playerId',
  'playerName',
  'domain',
  'address',
  'platform',
  'device',
  'protocolVersion',
  'clientVersion',
]
const STAY: readonly Field[] = ['ordinal', 'backend', 'startedAtMs']

const EVENTS: Readonly<Record<string, { readonly code: number; readonly fields: readonly Field[] }>> = {
  session_start: {
    code: EVENT.sessionStart,
    fields: [
      { name: 'session', fields: SESSION },
      { name: 'stay', fields: STAY },
    ],
  },
  gamemode_switch: {
    code: EVENT.gamemodeSwitch,
    fields: [
      { name: 'session', fields: SESSION },
      { name: 'ended', fields: STAY },
      { name: 'begun', fields: STAY },
    ],
  },
  session_end: {
    code: EVENT.sessionEnd,
    fields: [{ name: 'session', fields: SESSION }, { name: 'ended', fields: STAY }, 'endedAtMs', 'reason', 'afkMs'],
  },
  purchase: {
    code: EVENT.purchase,
    fields: [
      'eventId',
      'atMs',
      'sessionId',
      'playerId',
      'store',
      'transactionId',
      'product',
      'amountMinor',
      'currency',
    ],
  },
  custom: { code: EVENT.custom, fields: ['eventId', 'atMs', 'sessionId', 'playerId', 'name', 'properties'] },
  afk: { code: EVENT.afkSpan, fields: ['eventId', 'startedAtMs', 'endedAtMs', 'sessionId', 'playerId'] },
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type NamedEvent = { readonly type: string } & { readonly [field: string]: Json }

/** An event's own bytes, by name; null for what is no event or cannot be read: a sender may put anything there. */
export function nameEvent(bytes: Uint8Array): NamedEvent | null {
  try {
    return nameFields(decode(bytes)) ?? null
  } catch {
    return null
  }
}

/** @returns undefined for an event whose type is not known */
export function nameFields(event: unknown): NamedEvent | undefined {
  if (!Array.isArray(event)) return undefined
  const entry = Object.entries(EVENTS).find(([, { code }]) => code === event[0])
  if (entry === undefined) return undefined
  const [type, { fields }] = entry
  return { type, ...(nameAll(event.slice(1), fields) as Readonly<Record<string, Json>>) }
}

function nameAll(values: readonly unknown[], fields: readonly Field[]): Json {
  const named: Record<string, Json> = {}
  fields.forEach((field, place) => {
    const value = values[place]
    if (typeof field === 'string') {
      if (field !== 'address') named[field] = toJson(value)
    } else {
      named[field.name] = Array.isArray(value) ? nameAll(value, field.fields) : toJson(value)
    }
  })
  return named
}

function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) {
    return value.length === 16 ? formatUuid(value) : `0x${Buffer.from(value.subarray(0, 64)).toString('hex')}`
  }
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry)]))
  }
  return null
}

/**
 * The event as its array again, for sending it once more. The address stays empty.
 *
 * @returns undefined for a type that is not known
 */
export function unnameFields(event: NamedEvent): readonly unknown[] | undefined {
  const entry = EVENTS[event.type]
  return entry === undefined ? undefined : [entry.code, ...unnameAll(event, entry.fields)]
}

function unnameAll(named: { readonly [key: string]: Json }, fields: readonly Field[]): unknown[] {
  return fields.map((field) => {
    if (typeof field !== 'string') {
      const value = named[field.name]
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? unnameAll(value as { readonly [key: string]: Json }, field.fields)
        : (value ?? null)
    }
    if (field === 'address') return ''
    const value = named[field] ?? null
    return typeof value === 'string' && field.endsWith('Id') ? (parseUuid(value) ?? value) : value
  })
}
