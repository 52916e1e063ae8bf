/** One way of receiving, as a process of its own that tells its parent how much CPU time it took. */

import { App, us_socket_local_port } from 'uWebSockets.js'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SUBPROTOCOL } from '@mctrack/sdk/protocol'
import { Unpackr } from 'msgpackr'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { readBatchHeader, takeSessions, takeTelemetry } from '../../src/ingest/batch.ts'
import { createReader, openReader, readArrayLength, readInteger } from '../../src/ingest/decode/reader.ts'
import { createPipeline } from '../../src/ingest/pipeline.ts'
import { prepareEventPrefix } from '../../src/ingest/rows/event-row.ts'
import { createSourceOf } from '../../src/ingest/source.ts'
import { createRegistry } from '../../src/live/index.ts'
import { createCalendar } from '../../src/networks/index.ts'
import { openCountryDatabase } from '../../src/platform/country.ts'
import type { Storage, TableName, WriteBuffer } from '../../src/storage/index.ts'
import { createWriteBuffer } from '../../src/storage/write-buffer.ts'
import { makeId } from '../lib/frames.ts'

export type Way =
  | 'limit'
  | 'telemetry'
  | 'sessions'
  | 'msgpackr-zod-json'
  | 'ws-limit'
  | 'ws-json-zod-json'
  | 'http-json-zod-json'

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024
const NETWORK_ID = '019aa000-0000-7000-8000-000000000000'
const nothing = (): undefined => undefined
const way = process.argv[2] as Way

/** Buffers whose full chunks are dropped as if they were stored. */
const buffers = new Map<TableName, WriteBuffer>()
function bufferOf(table: TableName): WriteBuffer {
  const known = buffers.get(table)
  if (known !== undefined) return known
  const limits = { capacityBytes: 512 << 20, chunkBytesMax: 8 << 20, chunkRowsMax: 100_000 }
  const made = createWriteBuffer({ ...limits, now: Date.now })
  buffers.set(table, made)
  return made
}
function dropFullChunks(): void {
  for (const buffer of buffers.values()) {
    while (buffer.hasFullChunk()) {
      const chunk = buffer.freeze()
      if (chunk !== undefined) buffer.stored(chunk, true)
    }
  }
}

const calendar = createCalendar('Europe/Berlin')
const sourceOf = createSourceOf(() => calendar)
const source = sourceOf(NETWORK_ID, { name: 'proxy-1', kind: 'proxy', instanceId: makeId() }, null)
const countryOf = await openCountryDatabase(undefined)
const reader = createReader()

/** The collector's own way: bytes of a frame to bytes of rows. */
function takeFrame(message: Buffer): void {
  openReader(reader, message)
  readArrayLength(reader)
  readInteger(reader)
  const header = readBatchHeader(reader)
  if (header === undefined) throw new Error('not a batch')
  const nowMs = Date.now()
  const refusals =
    way === 'telemetry'
      ? takeTelemetry(reader, header, {
          taken: 0,
          buffer: bufferOf('events'),
          context: { prefix: prepareEventPrefix(source.owner, nowMs), nowMs, isAgeChecked: true },
          optedOut: undefined,
          count: nothing,
        })
      : takeSessions(reader, header, {
          taken: 0,
          countryOf,
          count: nothing,
          accept: (event) => pipeline.accept(event, source, undefined, 'history', nowMs),
        })
  if (refusals.length > 0) throw new Error(`refused: ${refusals[0]?.code}`)
  dropFullChunks()
}
const registry = createRegistry({
  onClosed: nothing,
  onReopened: nothing,
  onInstanceEnded: nothing,
  onChanged: nothing,
})
const pipeline = createPipeline({
  registry,
  storage: { buffer: bufferOf } as Storage,
  sourceOf,
  gamemodeOf: (_networkId, backend) => backend,
  optedOutOf: () => undefined,
  onEvent: nothing,
})

/** What most would write: decode, check by a schema, write JSON lines. */
const anId = z.union([z.uuid(), z.instanceof(Uint8Array)])
const eventSchema = z.object({
  type: z.literal('event'),
  eventId: anId,
  atMs: z.number().int().nonnegative(),
  sessionId: anId.nullable(),
  playerId: anId.nullable(),
  name: z.string().min(1).max(64),
  properties: z.record(z.string().max(64), z.union([z.string().max(512), z.number(), z.boolean(), z.null()])),
})
let lines = ''
function takeObjects(list: unknown): void {
  for (const event of z.array(eventSchema).parse(list)) {
    lines += `${JSON.stringify({ network: NETWORK_ID, server: 'proxy-1', receivedAtMs: Date.now(), ...event })}\n`
  }
  if (lines.length > 8 << 20) lines = ''
}
const unpackr = new Unpackr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' })
const arraySchema = z.tuple([
  z.literal(16),
  z.instanceof(Uint8Array),
  z.number().int().nonnegative(),
  z.instanceof(Uint8Array).nullable(),
  z.instanceof(Uint8Array).nullable(),
  z.string().min(1).max(64),
  z.record(z.string().max(64), z.union([z.string().max(512), z.number(), z.boolean(), z.null()])),
])
function takeArrays(message: Buffer): void {
  const [, , , , , events] = unpackr.unpack(message) as unknown[]
  for (const [, eventId, at, sessionId, playerId, name, properties] of z.array(arraySchema).parse(events)) {
    const text = (id: Uint8Array | null): string | null => (id === null ? null : Buffer.from(id).toString('hex'))
    const ids = { eventId: text(eventId), sessionId: text(sessionId), playerId: text(playerId) }
    lines += `${JSON.stringify({ network: NETWORK_ID, server: 'proxy-1', receivedAtMs: Date.now(), at, name, properties, ...ids })}\n`
  }
  if (lines.length > 8 << 20) lines = ''
}

const TAKE: Readonly<Record<Way, (message: Buffer) => void>> = {
  limit: nothing,
  telemetry: takeFrame,
  sessions: takeFrame,
  'msgpackr-zod-json': takeArrays,
  'ws-limit': nothing,
  'ws-json-zod-json': (message) => takeObjects(JSON.parse(message.toString())),
  'http-json-zod-json': (message) => takeObjects(JSON.parse(message.toString())),
}
const take = TAKE[way]
const ACK = Buffer.alloc(8)
let frames = 0

function listenUws(ready: (port: number) => void): void {
  App()
    .ws('/*', {
      maxPayloadLength: MESSAGE_BYTES_MAX,
      compression: 0, // None.
      upgrade: (response, request, context) =>
        response.upgrade(
          {},
          request.getHeader('sec-websocket-key'),
          request.getHeader('sec-websocket-protocol'),
          request.getHeader('sec-websocket-extensions'),
          context,
        ),
      message(socket, message) {
        take(Buffer.from(message))
        frames += 1
        socket.send(ACK, true)
      },
    })
    .listen('127.0.0.1', 0, (token) => ready(us_socket_local_port(token as never)))
}

function listenWs(ready: (port: number) => void): void {
  const server = createServer()
  const sockets = new WebSocketServer({
    server,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  })
  sockets.on('connection', (socket) => {
    socket.on('message', (message: Buffer) => {
      take(message)
      frames += 1
      socket.send(ACK)
    })
  })
  server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
}

function listenHttp(ready: (port: number) => void): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      take(Buffer.concat(chunks))
      frames += 1
      response.end('ok')
    })
  })
  server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
}

const listen = way.startsWith('ws') ? listenWs : way.startsWith('http') ? listenHttp : listenUws
listen((port) => process.send?.({ port }))

let cpu = process.cpuUsage()
process.on('message', (message) => {
  const { user, system } = process.cpuUsage(cpu)
  process.send?.({ frames, cpuNs: (user + system) * 1_000 })
  if (message === 'begin') {
    frames = 0
    cpu = process.cpuUsage()
  }
})
process.on('disconnect', () => process.exit())
