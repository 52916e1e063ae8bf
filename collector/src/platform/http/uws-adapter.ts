import type { HttpRequest, HttpResponse, TemplatedApp } from 'uWebSockets.js'
import { ERROR_CODES } from '@mctrack/sdk/protocol'
import { errorBody } from './error-body.ts'

/** What is known of who sent a request, beside the request itself. */
export interface HttpClient {
  /** The whole address of the other end; IPv6 in full. Empty when there is none. For the moment only: it is never kept. */
  readonly remoteAddress: string
}

/**
 * Handles a request as the web's standard types have it. `signal` of the request aborts when the client goes away,
 * and when the answer has ended: nothing that goes on for it outlives it.
 */
export type FetchHandler = (request: Request, client: HttpClient) => Response | Promise<Response>

export interface AdapterOptions {
  readonly handler: FetchHandler
  /** Of answers that the handler does not give itself. */
  readonly securityHeaders: ReadonlyMap<string, string>
  /** Larger bodies are refused before they are read whole. */
  readonly bodyBytesMax: number
  /** Told what the handler or its stream failed with. */
  readonly onError: (error: unknown) => void
}

/** The web's standard types have no requests with these. */
const IMPOSSIBLE_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

/** Hands every HTTP request that no other route of the app takes to a fetch-style handler. */
export function serveFetch(app: TemplatedApp, options: AdapterOptions): void {
  app.any('/*', (response, request) => handle(response, request, options))
}

/** The life of one response; uWebSockets.js forbids touching a response after it ended or was aborted. */
interface Exchange {
  readonly response: HttpResponse
  readonly abort: AbortController
  readonly securityHeaders: ReadonlyMap<string, string>
  isOver: boolean
}

function handle(response: HttpResponse, request: HttpRequest, options: AdapterOptions): void {
  const exchange: Exchange = {
    response,
    abort: new AbortController(),
    securityHeaders: options.securityHeaders,
    isOver: false,
  }
  response.onAborted(() => {
    exchange.isOver = true
    exchange.abort.abort()
  })
  // The request object dies with this call, so everything is read from it now; the response may be gone later, too.
  const client: HttpClient = { remoteAddress: Buffer.from(response.getRemoteAddressAsText()).toString() }
  const method = request.getCaseSensitiveMethod().toUpperCase()
  const query = request.getQuery()
  // The host that a client names is no part of it: with a slash in it, it would be another path.
  const url = `http://localhost${request.getUrl()}${query ? `?${query}` : ''}`
  const headers = new Headers()
  request.forEach((name, value) => {
    headers.append(name, value)
  })

  function respond(body: Buffer | undefined): void {
    run(exchange, client, { method, url, headers, body }, options)
      .catch((error: unknown) => {
        if (!isOfLeaving(exchange, error)) options.onError(error)
        fail(exchange, 'INTERNAL')
      })
      .finally(() => exchange.abort.abort())
  }

  if (method === 'GET' || method === 'HEAD') respond(undefined)
  else readBody(exchange, options.bodyBytesMax, respond)
}

/** What was begun for a client that went away, or that may no longer have it, ends with that. That is no failure. */
function isOfLeaving({ isOver, abort }: Exchange, error: unknown): boolean {
  return (abort.signal.aborted || isOver) && error instanceof Error && error.name === 'AbortError'
}

async function run(
  exchange: Exchange,
  client: HttpClient,
  { method, url, headers, body }: { method: string; url: string; headers: Headers; body: Buffer | undefined },
  { handler }: AdapterOptions,
): Promise<void> {
  if (!URL.canParse(url)) return fail(exchange, 'QUERY_INVALID')
  if (IMPOSSIBLE_METHODS.has(method)) return fail(exchange, 'METHOD_NOT_ALLOWED')
  const init: RequestInit = { method, headers, signal: exchange.abort.signal }
  const request = new Request(url, body === undefined ? init : { ...init, body: new Uint8Array(body) })
  const answer = await handler(request, client)
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') || answer.headers.has('x-stream')
  if (isStream && answer.body !== null) {
    if (method !== 'HEAD') return sendStream(exchange, answer, answer.body)
    // It may never end, so its length is not asked for.
    await answer.body.cancel()
    return sendHead(exchange, answer)
  }
  const bytes = answer.body === null ? undefined : Buffer.from(await answer.arrayBuffer())
  if (exchange.isOver) return
  exchange.isOver = true
  exchange.response.cork(() => {
    writeHead(exchange.response, answer)
    if (method === 'HEAD') exchange.response.endWithoutBody(bytes?.length ?? 0)
    else if (bytes === undefined) exchange.response.endWithoutBody()
    else exchange.response.end(bytes)
  })
}

function readBody(exchange: Exchange, bytesMax: number, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  exchange.response.onData((chunk, isLast) => {
    if (exchange.isOver) return
    size += chunk.byteLength
    if (size > bytesMax) {
      const message = `The body is larger than ${bytesMax.toLocaleString('en')} bytes. Send less at once.`
      return fail(exchange, 'BODY_TOO_LARGE', message)
    }
    chunks.push(Buffer.from(new Uint8Array(chunk))) // A copy: the chunk's memory is not ours.
    if (isLast) done(Buffer.concat(chunks))
  })
}

function sendHead(exchange: Exchange, answer: Response): void {
  if (exchange.isOver) return
  exchange.isOver = true
  exchange.response.cork(() => {
    writeHead(exchange.response, answer)
    exchange.response.endWithoutBody()
  })
}

/** Writes a body as it comes, and waits while the client does not read. */
async function sendStream(exchange: Exchange, answer: Response, body: ReadableStream<Uint8Array>): Promise<void> {
  const { response, abort } = exchange
  if (exchange.isOver) return void body.cancel()
  const reader = body.getReader()
  let wake = (): void => undefined
  abort.signal.addEventListener('abort', () => {
    wake()
    reader.cancel().catch(() => undefined)
  })
  // Once for the whole stream: a handler that is set while the one before it runs is forgotten by uWebSockets.js.
  response.onWritable(() => {
    wake()
    return true
  })
  response.cork(() => writeHead(response, answer))
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => cut(exchange, error))
    if (exchange.isOver) return
    if (done) break
    let isTaken = true
    response.cork(() => {
      isTaken = response.write(value)
    })
    if (!isTaken) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (exchange.isOver) return
  }
  exchange.isOver = true
  response.cork(() => response.end())
}

/** Half an answer must not look whole: the connection ends without the last chunk. */
function cut(exchange: Exchange, error: unknown): never {
  if (!exchange.isOver) {
    exchange.isOver = true
    exchange.response.close()
  }
  throw error
}

function writeHead(response: HttpResponse, answer: Response): void {
  response.writeStatus(`${answer.status} ${answer.statusText}`.trim())
  for (const [name, value] of answer.headers) {
    // uWebSockets.js writes the length itself, and chunks what has none.
    if (name !== 'content-length' && name !== 'transfer-encoding' && name !== 'x-stream')
      response.writeHeader(name, value)
  }
}

/** Ends a request that never reached the handler, or that the handler failed. */
function fail(
  exchange: Exchange,
  code: 'INTERNAL' | 'BODY_TOO_LARGE' | 'QUERY_INVALID' | 'METHOD_NOT_ALLOWED',
  message?: string,
): void {
  if (exchange.isOver) return
  exchange.isOver = true
  const status = String(ERROR_CODES[code].status)
  exchange.response.cork(() => {
    exchange.response.writeStatus(status).writeHeader('content-type', 'application/json')
    for (const [name, value] of exchange.securityHeaders) exchange.response.writeHeader(name, value)
    exchange.response.end(JSON.stringify(errorBody(code, message)), code === 'BODY_TOO_LARGE')
  })
}
