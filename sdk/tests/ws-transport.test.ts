import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { CloseReason } from '../src/node/transport.ts'
import { createWsTransport, streamUrl } from '../src/node/ws-transport.ts'

const closers: Array<() => void> = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

function connect(port: number): Promise<CloseReason> {
  const url = streamUrl(`ws://127.0.0.1:${port}`)
  if (url === undefined) throw new Error('no url')
  return new Promise((onClose) => {
    createWsTransport({ url, key: 'mct_x', userAgent: 'test' })({
      onOpen: () => undefined,
      onMessage: () => undefined,
      onHeard: () => undefined,
      onClose,
    })
  })
}

describe('streamUrl', () => {
  it.each([
    ['ws://host:4000', 'ws://host:4000/v1/stream'],
    ['wss://host', 'wss://host/v1/stream'],
    ['http://host/', 'ws://host/v1/stream'],
    ['https://host/mctrack/', 'wss://host/mctrack/v1/stream'],
    ['ws://host/v1/stream', 'ws://host/v1/stream'],
  ])('%s is %s', (endpoint, url) => {
    expect(streamUrl(endpoint)?.href).toBe(url)
  })

  it.each(['', 'host:4000', 'ftp://host', 'not an address'])('refuses %j', (endpoint) => {
    expect(streamUrl(endpoint)).toBeUndefined()
  })
})

describe('the WebSocket transport', () => {
  it('sends the key and the subprotocol, and passes messages both ways', async () => {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    const port = await listen(server)
    const asked = new Promise<unknown>((resolve) => {
      sockets.on('connection', (socket, request) => {
        socket.send(Buffer.from([1, 2]))
        socket.on('message', (message) => resolve([request.headers.authorization, socket.protocol, message]))
      })
    })
    const url = streamUrl(`ws://127.0.0.1:${port}`)
    if (url === undefined) throw new Error('no url')
    const got = await new Promise<Uint8Array>((onMessage) => {
      const connection = createWsTransport({ url, key: 'mct_x', userAgent: 'test' })({
        onOpen: () => connection.send(Buffer.from([9])),
        onMessage,
        onHeard: () => undefined,
        onClose: () => undefined,
      })
      closers.push(() => connection.close())
    })
    expect(Buffer.from(got)).toEqual(Buffer.from([1, 2]))
    expect(await asked).toEqual(['Bearer mct_x', 'mctrack.v1', Buffer.from([9])])
    for (const socket of sockets.clients) socket.terminate()
  })

  it('reads the error of a refused upgrade', async () => {
    const port = await listen(
      createServer((_request, response) => {
        response.writeHead(429, { 'retry-after': '7' })
        response.end(JSON.stringify({ error: { code: 'RATE_LIMITED', message: 'Too many.' } }))
      }),
    )
    expect(await connect(port)).toEqual({ code: 'RATE_LIMITED', retryAfterMs: 7_000, detail: 'Too many.' })
  })

  it('bears an answer that is not ours', async () => {
    const port = await listen(
      createServer((_request, response) => response.writeHead(502).end('<html>Bad gateway</html>'.repeat(10_000))),
    )
    expect(await connect(port)).toMatchObject({ code: null, detail: 'the server answered HTTP 502' })
  })

  it('says when nobody listens', async () => {
    const server = createServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await connect(port)).toMatchObject({ code: null, detail: expect.stringMatching(/ECONNREFUSED/) })
  })

  it('bears a server that speaks something else', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-hello\r\n')))
    expect(await connect(port)).toMatchObject({ code: null })
  })

  it('knows the error of a close code', async () => {
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket) => socket.close(4_503))
    expect(await connect(await listen(server))).toMatchObject({ code: 'SHUTTING_DOWN' })
  })

  it('gives up a link that sends more than a frame may hold', async () => {
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket) => socket.send(Buffer.alloc(1_048_577)))
    expect(await connect(await listen(server))).toMatchObject({ code: null })
  })
})
