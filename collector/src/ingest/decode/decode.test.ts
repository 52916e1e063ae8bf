import { getHeapSnapshot } from 'node:v8'
import { EVENT, encode, LIMITS, PLATFORM_CODE } from '@mctrack/sdk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRowSink, uuidField } from '../../platform/clickhouse/row-binary.ts'
import { readRow, writeRow } from '../../storage/index.ts'
import { prepareEventPrefix } from '../rows/event-row.ts'
import type { RowOwner } from '../rows/session-row.ts'
import { createReader, MalformedError, type Reader } from './reader.ts'
import { decodeSessionEvent } from './session-event.ts'
import { decodeTelemetryEvent, TELEMETRY_ROW_BYTES_MAX } from './telemetry-event.ts'
import { decodeUsualCustomEvent } from './usual-custom-event.ts'

const NOW = 1_763_680_000_123
const NETWORK = new Uint8Array(16).fill(7)
const owner: RowOwner = {
  networkIdField: uuidField(NETWORK),
  serverName: 'proxy-1',
  instanceId: NETWORK,
  serverKind: 'proxy',
  dayOf: () => 0,
}
const context = { prefix: prepareEventPrefix(owner, NOW), nowMs: NOW, isAgeChecked: true }

function readerOf(value: unknown): Reader {
  const bytes = Buffer.from(encode(value))
  return createReader(bytes)
}

// What the protocol says, in the slow and plain way.
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const id = z.instanceof(Uint8Array).refine((bytes) => bytes.length === 16)
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
const NO_CONTROL = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/
const text = (bytesMax: number, charsMin = 0) =>
  z
    .string()
    .min(charsMin)
    .refine((value) => Buffer.byteLength(value) <= bytesMax && value.isWellFormed())
    .regex(NO_CONTROL)
const stay = z.tuple([count.max(0xffffffff), text(LIMITS.backendBytesMax, 1), count], z.unknown())
const session = z.tuple(
  [
    id,
    count,
    id,
    text(LIMITS.playerNameBytesMax, 1),
    text(LIMITS.domainBytesMax),
    text(LIMITS.addressBytesMax),
    z.number().refine((code) => Object.values(PLATFORM_CODE).includes(code)),
    text(LIMITS.deviceBytesMax),
    count.max(0xffffffff),
    text(LIMITS.clientVersionBytesMax),
  ],
  z.unknown(),
)
const sessionEvents = z.union([
  z.tuple([z.literal(EVENT.sessionStart), session, stay.nullable()], z.unknown()),
  z.tuple([z.literal(EVENT.gamemodeSwitch), session, stay.nullable(), stay], z.unknown()),
  z.tuple([z.literal(EVENT.sessionEnd), session, stay.nullable(), count, count, count], z.unknown()),
  z.tuple(
    [
      z.literal(EVENT.purchase),
      id,
      count,
      id.nullable(),
      id,
      text(LIMITS.purchaseTextBytesMax, 1),
      text(LIMITS.purchaseTextBytesMax, 1),
      text(LIMITS.purchaseTextBytesMax),
      z.number().int(),
      z.string().regex(/^[A-Z]{3}$/),
    ],
    z.unknown(),
  ),
])
const moment = count.min(NOW - LIMITS.eventAgeMsMax).max(NOW + LIMITS.eventAheadMsMax)
const propertyText = (bytesMax: number, charsMin = 0) =>
  z
    .string()
    .min(charsMin)
    .refine((value) => Buffer.byteLength(value) <= bytesMax && value.isWellFormed())
const telemetryEvents = z.union([
  z.tuple(
    [
      z.literal(EVENT.custom),
      id,
      moment,
      id.nullable(),
      id.nullable(),
      text(LIMITS.eventNameBytesMax, 1),
      z
        .record(
          propertyText(LIMITS.propertyKeyBytesMax, 1),
          z.union([propertyText(LIMITS.propertyStringBytesMax), z.number(), z.boolean(), z.null()]),
        )
        .refine((value) => Object.keys(value).length <= LIMITS.propertiesMax),
    ],
    z.unknown(),
  ),
  z
    .tuple([z.literal(EVENT.afkSpan), id, count, moment, id, id], z.unknown())
    .refine(([, , from, to]) => to >= from && to - from <= LIMITS.sessionMsMax),
])

// Values around every limit, right and wrong.
const anId = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ minLength: 16, maxLength: 16 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
)
const aText = (bytesMax: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(bytesMax, 20) }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '',
        'x'.repeat(bytesMax),
        'x'.repeat(bytesMax + 1),
        '😀'.repeat(bytesMax / 4),
        '\0',
        '\t',
        '\u007f',
        'ü"\\\n',
      ),
    },
  )
const aCount = fc.oneof(
  { weight: 8, arbitrary: fc.nat(1_000_000) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      0,
      127,
      128,
      255,
      256,
      65_535,
      65_536,
      4_294_967_295,
      4_294_967_296,
      Number.MAX_SAFE_INTEGER,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(-1, -200, -70_000, -5e12, 1.5, 2 ** 60) },
)
const aMoment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: NOW - 10_000_000, max: NOW }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      NOW + LIMITS.eventAheadMsMax,
      NOW + LIMITS.eventAheadMsMax + 1,
      NOW - LIMITS.eventAgeMsMax,
      NOW - LIMITS.eventAgeMsMax - 1,
      0,
    ),
  },
)
const noise = fc.constantFrom<unknown>(null, true, 'x', 5, [], [1], {}, { a: 1 }, new Uint8Array(3), -7.25)
/** Mostly the value, sometimes anything else. */
const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary }, { weight: 1, arbitrary: noise })
const fields = (...arbitraries: fc.Arbitrary<unknown>[]) =>
  fc
    .tuple(
      fc.tuple(...arbitraries.map(mostly)),
      fc.oneof({ weight: 8, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(noise, { maxLength: 3 }) }),
    )
    .map(([known, more]) => [...known, ...more])
const aStay = fields(aCount, aText(LIMITS.backendBytesMax), aCount)
const aSession = fields(
  anId,
  aCount,
  anId,
  aText(LIMITS.playerNameBytesMax),
  aText(LIMITS.domainBytesMax),
  aText(LIMITS.addressBytesMax),
  fc.integer({ min: 0, max: 3 }),
  aText(LIMITS.deviceBytesMax),
  aCount,
  aText(LIMITS.clientVersionBytesMax),
)
const maybe = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: null })
const aSessionEvent = fc.oneof(
  fields(fc.constant(EVENT.sessionStart), aSession, maybe(aStay)),
  fields(fc.constant(EVENT.gamemodeSwitch), aSession, maybe(aStay), aStay),
  fields(fc.constant(EVENT.sessionEnd), aSession, maybe(aStay), aCount, aCount, aCount),
  fields(
    fc.constant(EVENT.purchase),
    anId,
    aCount,
    maybe(anId),
    anId,
    aText(LIMITS.purchaseTextBytesMax),
    aText(LIMITS.purchaseTextBytesMax),
    aText(LIMITS.purchaseTextBytesMax),
    fc.integer(),
    fc.constantFrom('EUR', 'USD', 'eur', 'EURO', ''),
  ),
)
const aProperty = fc.oneof(
  aText(LIMITS.propertyStringBytesMax),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const aTelemetryEvent = fc.oneof(
  fields(
    fc.constant(EVENT.custom),
    anId,
    aMoment,
    maybe(anId),
    maybe(anId),
    aText(LIMITS.eventNameBytesMax),
    fc.oneof(
      fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), aProperty, {
        maxKeys: 8,
        noNullPrototype: true,
      }),
      fc.constant(Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`k${i}`, i]))),
    ),
  ),
  fields(fc.constant(EVENT.afkSpan), anId, aMoment, aMoment, anId, anId),
)

describe('decodeSessionEvent', () => {
  it('takes what the schema takes, refuses what it refuses, and stops behind the event', () => {
    fc.assert(
      fc.property(aSessionEvent, (event) => {
        fc.pre(event.length > 0 && typeof event[0] === 'number' && Number.isInteger(event[0]))
        const reader = readerOf(event)
        const decoded = decodeSessionEvent(reader, () => '')
        fc.pre(decoded !== undefined)
        const isRight = sessionEvents.safeParse(event).success
        expect(decoded.kind !== 'refused').toBe(isRight)
        if (isRight) expect(reader.at).toBe(reader.end)
      }),
      { numRuns: 3_000 },
    )
  })

  it('says the country and forgets the address', () => {
    const address = '203.0.113.7'
    const event = [EVENT.sessionStart, [NETWORK, NOW, NETWORK, 'Notch', '', address, 1, '', 774, ''], null]
    const reader = readerOf(event)
    const decoded = decodeSessionEvent(reader, (given) => (given === address ? 'DE' : ''))
    expect(decoded).toMatchObject({ kind: 'start', record: { country: 'DE', clientVersion: '1.21.11' } })
    expect(JSON.stringify(decoded)).not.toContain(address)
  })

  it('leaves no address behind in memory, where other texts are shared', async () => {
    // Put together by parts, so that only what is read from the frame is ever this text.
    const parts = ['203', '0', '113', '77']
    const frame = Buffer.from(
      encode([EVENT.sessionStart, [NETWORK, NOW, NETWORK, 'Herobrine77', '', '%'.repeat(12), 1, '', 774, ''], null]),
    )
    let to = frame.indexOf('%')
    for (const [i, part] of parts.entries()) to += frame.write(i === 0 ? part : `.${part}`, to, 'latin1')
    expect(decodeSessionEvent(createReader(frame), () => 'DE')).toMatchObject({ kind: 'start' })
    let heap = ''
    for await (const chunk of getHeapSnapshot()) heap += String(chunk)
    expect(heap.includes('Herobrine77')).toBe(true)
    expect(heap.includes(parts.join('.'))).toBe(false)
  }, 30_000)

  it('takes a reason that it does not know for "other"', () => {
    const event = [EVENT.sessionEnd, [NETWORK, NOW, NETWORK, 'Notch', '', '', 1, '', 0, ''], null, NOW, 99, 0]
    const reader = readerOf(event)
    expect(decodeSessionEvent(reader, () => '')).toMatchObject({ kind: 'end', reason: 'other' })
  })
})

describe('decodeTelemetryEvent', () => {
  it('takes what the schema takes, and writes the row that the plain writer writes', () => {
    fc.assert(
      fc.property(aTelemetryEvent, (event) => {
        fc.pre(event.length > 0 && typeof event[0] === 'number' && Number.isInteger(event[0]))
        const reader = readerOf(event)
        const sink = createRowSink(TELEMETRY_ROW_BYTES_MAX)
        const result = decodeTelemetryEvent(reader, context, sink)
        fc.pre(result !== 'unknown')
        const isRight = telemetryEvents.safeParse(event).success
        expect(result === 'written').toBe(isRight)
        if (!isRight) return
        expect(reader.at).toBe(reader.end)
        const isCustom = event[0] === EVENT.custom
        const [, eventId, atMs] = event as [number, Uint8Array, number]
        const zero = new Uint8Array(16)
        const row = readRow('events', sink.bytes.subarray(0, sink.at))
        const expected = createRowSink(TELEMETRY_ROW_BYTES_MAX)
        writeRow(expected, 'events', {
          network_id: NETWORK,
          event_id: eventId,
          kind: isCustom ? 1 : 2,
          name: isCustom ? (event[5] as string) : 'afk',
          at: atMs,
          session_id: ((isCustom ? event[3] : event[4]) as Uint8Array | null) ?? zero,
          player_id: ((isCustom ? event[4] : event[5]) as Uint8Array | null) ?? zero,
          server_name: 'proxy-1',
          properties: '',
          received_at: NOW,
        })
        expect({ ...row, properties: '' }).toEqual(readRow('events', expected.bytes.subarray(0, expected.at)))
        const properties: unknown = JSON.parse(String(row['properties']))
        expect(properties).toEqual(isCustom ? plain(event[6]) : { durationMs: (event[3] as number) - atMs })
      }),
      { numRuns: 3_000 },
    )
  })

  it('never needs more room than it is given', () => {
    const wide = Object.fromEntries(
      Array.from({ length: LIMITS.propertiesMax }, (_, i) => [
        String.fromCharCode(1).repeat(LIMITS.propertyKeyBytesMax - 2) + String(i).padStart(2, '0'),
        String.fromCharCode(1).repeat(LIMITS.propertyStringBytesMax),
      ]),
    )
    const reader = readerOf([EVENT.custom, NETWORK, NOW, null, null, 'n'.repeat(LIMITS.eventNameBytesMax), wide])
    const sink = createRowSink(TELEMETRY_ROW_BYTES_MAX)
    expect(decodeTelemetryEvent(reader, context, sink)).toBe('written')
    expect(sink.bytes.length).toBe(TELEMETRY_ROW_BYTES_MAX)
    expect(sink.at).toBeLessThan(TELEMETRY_ROW_BYTES_MAX)
    expect(JSON.parse(String(readRow('events', sink.bytes)['properties']))).toEqual(wide)
  })

  it('refuses text that is not UTF-8', () => {
    const bytes = Buffer.from(encode([EVENT.custom, NETWORK, NOW, null, null, 'name', { key: 'xyz' }]))
    bytes[bytes.indexOf('xyz')] = 0xff
    const reader = createReader(bytes)
    const result = decodeTelemetryEvent(reader, context, createRowSink(TELEMETRY_ROW_BYTES_MAX))
    expect(result).toMatchObject({ code: 'PROPERTIES_INVALID' })
  })

  it('takes old events when they are replayed', () => {
    const reader = readerOf([EVENT.custom, NETWORK, 1_000, null, null, 'name', {}])
    const replay = { ...context, isAgeChecked: false }
    expect(decodeTelemetryEvent(reader, replay, createRowSink(TELEMETRY_ROW_BYTES_MAX))).toBe('written')
  })
})

describe('decodeUsualCustomEvent', () => {
  const aKey = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 })
  const anyEvent = fc.oneof(
    aTelemetryEvent,
    fields(
      fc.constant(EVENT.custom),
      anId,
      aMoment,
      maybe(anId),
      maybe(anId),
      fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
      fc.dictionary(aKey, fc.oneof(aKey, aProperty), { maxKeys: 8, noNullPrototype: true }),
    ),
  )

  /** The event by the usual way and by the general one; both stand in the middle of a frame. */
  function bothWays(event: Buffer): { readonly usual: Buffer | undefined; readonly general: Buffer | undefined } {
    const bytes = Buffer.concat([Buffer.from([0x91]), event, encode('behind it'.repeat(9))])
    const [usual, general] = [createReader(bytes), createReader(bytes)]
    const [usualRow, generalRow] = [createRowSink(TELEMETRY_ROW_BYTES_MAX), createRowSink(TELEMETRY_ROW_BYTES_MAX)]
    usual.at = 1
    general.at = 1
    const isUsual = decodeUsualCustomEvent(usual, context, usualRow)
    // Without the check of age the usual way is not tried.
    const result = decodeTelemetryEvent(general, { ...context, isAgeChecked: false }, generalRow)
    if (isUsual) expect(usual.at).toBe(general.at)
    return {
      usual: isUsual ? usualRow.bytes.subarray(0, usualRow.at) : undefined,
      general: result === 'written' ? generalRow.bytes.subarray(0, generalRow.at) : undefined,
    }
  }

  it('writes what the general way writes, or leaves the event to it', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { usual, general } = bothWays(Buffer.from(encode(event)))
        if (usual !== undefined) expect(usual).toEqual(general)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    [
      'a player in a session',
      [EVENT.custom, NETWORK, NOW, NETWORK, NETWORK, 'crate_opened', { crate: 'rare', keys: 3 }],
    ],
    ['nobody', [EVENT.custom, NETWORK, NOW, null, null, 'restart', {}]],
    [
      'all kinds of values',
      [EVENT.custom, NETWORK, NOW, null, NETWORK, 'e', { a: -1.5, b: 1e9, c: true, d: null, e: 255 }],
    ],
    [
      'words in any language',
      [EVENT.custom, NETWORK, NOW, null, NETWORK, 'chat', { word: 'Grüße "😀"', long: 'x'.repeat(300) }],
    ],
    [
      'texts of every length',
      [EVENT.custom, NETWORK, NOW, null, null, 'abc', { a: '', bc: 'd', def: 'gh', ijkl: 'mno' }],
    ],
  ])('takes an event of %s', (_what, event) => {
    const { usual, general } = bothWays(Buffer.from(encode(event)))
    expect(usual).toBeDefined()
    expect(usual).toEqual(general)
  })

  it('takes a time that is written as a whole number of 64 bits', () => {
    const event = Buffer.from(encode([EVENT.custom, NETWORK, NOW, null, NETWORK, 'vote', {}]))
    event[20] = 0xcf
    event.writeBigUInt64BE(BigInt(NOW), 21)
    const { usual, general } = bothWays(event)
    expect(usual).toBeDefined()
    expect(usual).toEqual(general)
  })

  it('finds where a frame ends too early', () => {
    const event = Buffer.from(
      encode([EVENT.custom, NETWORK, NOW, NETWORK, NETWORK, 'vote', { site: 'a "b"', votes: 300 }]),
    )
    for (let length = 0; length < event.length; length++) {
      const reader = createReader(event.subarray(0, length))
      let isWritten = false
      try {
        isWritten = decodeUsualCustomEvent(reader, context, createRowSink(TELEMETRY_ROW_BYTES_MAX))
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError)
      }
      expect(isWritten).toBe(false)
    }
  })
})

/** JSON knows no negative zero. */
function plain(properties: unknown): unknown {
  return JSON.parse(JSON.stringify(properties))
}
