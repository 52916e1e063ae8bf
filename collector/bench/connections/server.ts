/** Holds connections, either as the collector does or as uWebSockets.js alone does, and tells what they take. */

import { App, us_socket_local_port } from 'uWebSockets.js'
import { createConnections, sendAck } from '../../src/ingest/connection.ts'
import { createPipeline } from '../../src/ingest/pipeline.ts'
import { serveStream } from '../../src/ingest/socket.ts'
import { createSourceOf } from '../../src/ingest/source.ts'
import { createIngestStats } from '../../src/ingest/stats.ts'
import { createStreams } from '../../src/ingest/streams.ts'
import type { ApiKey, Fingerprint } from '../../src/keys/index.ts'
import { createRegistry } from '../../src/live/index.ts'
import { createCalendar, type Network } from '../../src/networks/index.ts'
import type { Storage, TableName, WriteBuffer } from '../../src/storage/index.ts'
import { createWriteBuffer } from '../../src/storage/write-buffer.ts'

export type Way = 'limit' | 'collector'

export interface Memory {
  /** On V8's heap and in its buffers, after a collection of garbage. */
  readonly heapBytes: number
  readonly residentBytes: number
}

const nothing = (): undefined => undefined
const now = Date.now
const network = {
  id: '019aa000-0000-7000-8000-000000000000',
  name: 'bench',
  resumeWindowMs: 60_000,
  archivedAtMs: null,
} as Network
const key = { id: '019aa000-0000-7000-8000-000000000001', networkId: network.id, gamemode: null } as ApiKey
const app = App()

function serveCollector(): void {
  const buffers = new Map<TableName, WriteBuffer>()
  const limits = { capacityBytes: 64 << 20, chunkBytesMax: 8 << 20, chunkRowsMax: 100_000, now }
  const storage = {
    buffer(table: TableName) {
      const buffer = buffers.get(table) ?? createWriteBuffer(limits)
      buffers.set(table, buffer)
      return buffer
    },
    poke: nothing,
  } as unknown as Storage
  const registry = createRegistry({
    onClosed: nothing,
    onReopened: nothing,
    onInstanceEnded: nothing,
    onChanged: nothing,
  })
  const calendar = createCalendar('Europe/Berlin')
  const sourceOf = createSourceOf(() => calendar)
  const gamemodeOf = (_networkId: string, backend: string): string => backend
  const nobody = (): undefined => undefined
  const stats = createIngestStats(nothing)
  const connections = createConnections({
    registry,
    storage,
    streams: createStreams(sendAck),
    pipeline: createPipeline({ registry, storage, sourceOf, gamemodeOf, optedOutOf: nobody, onEvent: nothing }),
    stats,
    countryOf: () => '',
    networkOf: () => network,
    optedOutOf: nobody,
    isStillValid: () => true,
    sourceOf,
    collector: { name: 'bench', version: '1' },
    now,
    random: Math.random,
    onHello: nothing,
    onGauges: nothing,
    onRefusal: nothing,
    onError: (error) => console.error(error),
    onClosed: nothing,
    onDismissed: nothing,
    onTaken: nothing,
    onTelemetry: nothing,
  })
  const fingerprint = 'bench' as unknown as Fingerprint
  serveStream(app, {
    connections,
    stats,
    findKey: () => ({ kind: 'valid', key, fingerprint }),
    networkOf: () => network,
    isStopping: () => false,
    onRefused: nothing,
  })
  // A link that is lost leaves its instance behind for the resume window; between rounds nothing may stay.
  process.on('message', (message) => {
    if (message === 'forget') registry.expire(now() + 2 * network.resumeWindowMs, 0)
  })
}

function serveLimit(): void {
  app.ws('/*', {
    upgrade: (response, request, context) =>
      response.upgrade(
        {},
        request.getHeader('sec-websocket-key'),
        request.getHeader('sec-websocket-protocol'),
        request.getHeader('sec-websocket-extensions'),
        context,
      ),
    message: nothing,
  })
}

if (process.argv[2] === 'collector') serveCollector()
else serveLimit()

process.on('message', (message) => {
  if (message !== 'measure') return
  for (let i = 0; i < 3; i++) globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  process.send?.({ heapBytes: heapUsed + external, residentBytes: rss } satisfies Memory)
})
process.on('disconnect', () => process.exit())
app.listen('127.0.0.1', 0, (token) => void process.send?.({ port: us_socket_local_port(token as never) }))
