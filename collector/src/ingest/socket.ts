import type { HttpRequest, HttpResponse, TemplatedApp, us_socket_context_t, WebSocket } from 'uWebSockets.js'
import { ERROR_CODES, type ErrorCode, LIMITS, STREAM_PATH, SUBPROTOCOL } from '@mctrack/sdk/protocol'
import { type ApiKey, type KeyLookup, secretOfHeaders } from '../keys/index.ts'
import type { Network } from '../networks/index.ts'
import { errorBody } from '../platform/http/error-body.ts'
import type { Connection, Connections } from './connection.ts'
import type { IngestStats } from './stats.ts'

/** A connection without any sign of life for this long is cut: two heartbeats were not answered. */
const IDLE_TIMEOUT_SECONDS = 30
/** Room for a frame that is just too large, so that it can be refused with a reason. Beyond it the socket is cut. */
const PAYLOAD_BYTES_MAX = LIMITS.frameBytesMax * 2
/** What a client that does not read may leave unsent. Acknowledgements are small; this is thousands of them. */
const BACKPRESSURE_BYTES_MAX = 1024 * 1024
const CONNECTIONS_MAX = 50_000

export interface SocketDeps {
  readonly connections: Connections
  readonly stats: IngestStats
  readonly findKey: (secret: string) => KeyLookup
  readonly networkOf: (networkId: string) => Network | undefined
  readonly isStopping: () => boolean
  /** A key that is known was refused. */
  readonly onRefused: (key: ApiKey, code: ErrorCode) => void
}

interface UserData {
  readonly credential: Extract<KeyLookup, { kind: 'valid' }>
  connection: Connection | undefined
}

/** Takes WebSockets of servers and hands their messages on. */
export function serveStream(app: TemplatedApp, deps: SocketDeps): void {
  const { connections } = deps
  app.ws<UserData>(STREAM_PATH, {
    maxPayloadLength: PAYLOAD_BYTES_MAX,
    maxBackpressure: BACKPRESSURE_BYTES_MAX,
    closeOnBackpressureLimit: true,
    idleTimeout: IDLE_TIMEOUT_SECONDS,
    sendPingsAutomatically: false,
    upgrade: (response, request, context) => upgrade(deps, response, request, context),
    open(socket) {
      const data = socket.getUserData()
      data.connection = connections.open(socket, data.credential)
    },
    message(socket, message, isBinary) {
      const { connection } = socket.getUserData()
      if (connection !== undefined) connections.receive(connection, Buffer.from(message), isBinary)
    },
    pong: (socket) => heard(connections, socket),
    ping: (socket) => heard(connections, socket),
    close(socket) {
      const { connection } = socket.getUserData()
      if (connection !== undefined) connections.closed(connection)
    },
  })
}

function heard(connections: Connections, socket: WebSocket<UserData>): void {
  const { connection } = socket.getUserData()
  if (connection !== undefined) connections.heard(connection)
}

function upgrade(deps: SocketDeps, response: HttpResponse, request: HttpRequest, context: us_socket_context_t): void {
  const secret = secretOfHeaders(request.getHeader('authorization'), request.getHeader('x-api-key'))
  const lookup: KeyLookup = secret === undefined ? { kind: 'unknown' } : deps.findKey(secret)
  const key = lookup.kind === 'unknown' ? undefined : lookup.key
  // What a revoked key sends says nothing of its network.
  const networkId = lookup.kind === 'valid' ? lookup.key.networkId : undefined
  const protocols = request
    .getHeader('sec-websocket-protocol')
    .split(',')
    .map((name) => name.trim())
  const code = refusalOf(deps, { hasSecret: secret !== undefined, lookup, protocols })
  if (code !== undefined || lookup.kind !== 'valid') {
    deps.stats.count(networkId, code ?? 'KEY_UNKNOWN', 1, key && { server: '', keyId: key.id })
    if (key !== undefined && code !== undefined) deps.onRefused(key, code)
    refuse(response, code ?? 'KEY_UNKNOWN')
    return
  }
  const data: UserData = { credential: lookup, connection: undefined }
  response.upgrade(
    data,
    request.getHeader('sec-websocket-key'),
    SUBPROTOCOL,
    request.getHeader('sec-websocket-extensions'),
    context,
  )
}

function refusalOf(
  deps: SocketDeps,
  request: { readonly hasSecret: boolean; readonly lookup: KeyLookup; readonly protocols: readonly string[] },
): ErrorCode | undefined {
  const { hasSecret, lookup, protocols } = request
  if (deps.isStopping()) return 'SHUTTING_DOWN'
  if (!hasSecret) return 'KEY_MISSING'
  if (lookup.kind === 'unknown') return 'KEY_UNKNOWN'
  if (lookup.kind === 'revoked') return 'KEY_REVOKED'
  if (!protocols.includes(SUBPROTOCOL)) return 'VERSION_UNSUPPORTED'
  if (deps.networkOf(lookup.key.networkId)?.archivedAtMs !== null) return 'NETWORK_ARCHIVED'
  if (deps.connections.all().size >= CONNECTIONS_MAX) return 'TOO_MANY_CONNECTIONS'
  return undefined
}

function refuse(response: HttpResponse, code: ErrorCode): void {
  const { status, retry } = ERROR_CODES[code]
  response.cork(() => {
    response.writeStatus(String(status)).writeHeader('content-type', 'application/json')
    if (retry === 'later') response.writeHeader('retry-after', '2')
    response.end(JSON.stringify(errorBody(code)))
  })
}
