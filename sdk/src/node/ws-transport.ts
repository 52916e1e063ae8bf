import type { IncomingMessage } from 'node:http'
import WebSocket from 'ws'
import { errorOfCloseCode, LIMITS, STREAM_PATH, SUBPROTOCOL } from '../protocol/index.ts'
import type { CloseReason, Transport } from './transport.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** How long the other end may take to answer a close. */
const CLOSE_TIMEOUT_MS = 1_000
const REFUSAL_BYTES_MAX = 8_192

/** @returns the stream's address, or undefined when the endpoint is not a ws, wss, http or https address */
export function streamUrl(endpoint: string): URL | undefined {
  if (!URL.canParse(endpoint)) return undefined
  const url = new URL(endpoint)
  if (url.protocol === 'http:') url.protocol = 'ws:'
  if (url.protocol === 'https:') url.protocol = 'wss:'
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return undefined
  url.hash = '' // A WebSocket's address has none.
  if (!url.pathname.endsWith(STREAM_PATH)) url.pathname = url.pathname.replace(/\/*$/, STREAM_PATH)
  return url
}

/** A WebSocket to the collector, by the `ws` package. */
export function createWsTransport(options: {
  readonly url: URL
  readonly key: string
  readonly userAgent: string
}): Transport {
  return ({ onOpen, onMessage, onHeard, onClose }) => {
    const socket = new WebSocket(options.url, [SUBPROTOCOL], {
      headers: { authorization: `Bearer ${options.key}`, 'user-agent': options.userAgent },
      handshakeTimeout: CONNECT_TIMEOUT_MS,
      maxPayload: LIMITS.frameBytesMax,
      perMessageDeflate: false,
      skipUTF8Validation: true,
    })
    let closed = false
    let lastError = 'the connection ended'

    function finish(reason: CloseReason): void {
      if (closed) return
      closed = true
      onClose(reason)
    }

    socket.binaryType = 'nodebuffer'
    socket.on('open', onOpen)
    socket.on('message', (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) onMessage(data)
    })
    socket.on('ping', onHeard)
    socket.on('pong', onHeard)
    socket.on('error', (error) => {
      lastError = error.message
    })
    socket.on('unexpected-response', (request, response) => {
      readRefusal(response, (reason) => {
        finish(reason)
        request.destroy()
      })
    })
    socket.on('close', (closeCode, reason) => {
      const detail = reason.length > 0 ? reason.toString() : lastError
      finish({ code: errorOfCloseCode(closeCode) ?? null, retryAfterMs: null, detail })
    })

    return {
      send(message) {
        if (socket.readyState !== WebSocket.OPEN) return false
        socket.send(message)
        return true
      },
      close() {
        if (socket.readyState === WebSocket.OPEN) {
          socket.close(1000)
          setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS).unref()
        } else {
          socket.terminate()
        }
        finish({ code: null, retryAfterMs: null, detail: 'closed by this side' })
      },
    }
  }
}

/** Reads the collector's JSON error from a refused upgrade. */
function readRefusal(response: IncomingMessage, done: (reason: CloseReason) => void): void {
  const header = Number(response.headers['retry-after'])
  const retryAfterMs = Number.isFinite(header) && header >= 0 ? header * 1_000 : null
  let body = ''
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    if (body.length < REFUSAL_BYTES_MAX) body += chunk
  })
  response.on('error', () => done({ code: null, retryAfterMs, detail: `HTTP ${response.statusCode}` }))
  response.on('end', () => {
    const { code, message } = parseError(body)
    done({ code, retryAfterMs, detail: message ?? `the server answered HTTP ${response.statusCode}` })
  })
}

function parseError(body: string): { readonly code: string | null; readonly message: string | null } {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } }
    return {
      code: typeof error?.code === 'string' ? error.code : null,
      message: typeof error?.message === 'string' ? error.message : null,
    }
  } catch {
    return { code: null, message: null } // Not ours: a proxy in between answered.
  }
}
