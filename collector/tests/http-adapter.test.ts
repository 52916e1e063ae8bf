import { App, us_listen_socket_close, us_socket_local_port } from 'uWebSockets.js'
import { createConnection } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { answerEventStream } from '../src/platform/http/event-stream.ts'
import { type FetchHandler, serveFetch } from '../src/platform/http/uws-adapter.ts'

const BODY_BYTES_MAX = 1_000
const closers: (() => void)[] = []

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function serve(
  handler: FetchHandler,
  host = '127.0.0.1',
): Promise<{ url: string; port: number; errors: unknown[] }> {
  const errors: unknown[] = []
  const app = App()
  serveFetch(app, {
    handler,
    securityHeaders: new Map([['x-content-type-options', 'nosniff']]),
    bodyBytesMax: BODY_BYTES_MAX,
    onError: (error) => errors.push(error),
  })
  const port = await new Promise<number>((resolve, reject) => {
    app.listen(host, 0, (token) => {
      if (!token) return reject(new Error('no port'))
      closers.push(() => us_listen_socket_close(token))
      resolve(us_socket_local_port(token))
    })
  })
  return { url: `http://127.0.0.1:${port}`, port, errors }
}

describe('a request', () => {
  it('reaches the handler with its method, path, query, headers and body', async () => {
    const { url } = await serve(async (request) => {
      const { pathname, search } = new URL(request.url)
      const body = await request.text()
      return Response.json({ method: request.method, pathname, search, header: request.headers.get('x-any'), body })
    })
    const answer = await fetch(`${url}/a/b%20c?x=1&y=%C3%A9`, {
      method: 'PATCH',
      headers: { 'X-Any': 'thing' },
      body: '{"ö":1}',
    })
    expect(await answer.json()).toEqual({
      method: 'PATCH',
      pathname: '/a/b%20c',
      search: '?x=1&y=%C3%A9',
      header: 'thing',
      body: '{"ö":1}',
    })
  })

  it.each([
    ['127.0.0.1', '0000:0000:0000:0000:0000:ffff:7f00:0001'],
    ['[::1]', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ])('from %s is told with the address it came from, not with one that it claims', async (host, address) => {
    const { port } = await serve((_request, { remoteAddress }) => new Response(remoteAddress), '::')
    const headers = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' }
    expect(await (await fetch(`http://${host}:${port}`, { headers })).text()).toBe(address)
  })

  it('may carry a body up to the bound, byte by byte, and no more', async () => {
    const { url } = await serve(async (request) => new Response(await request.arrayBuffer()))
    const body = new Uint8Array(BODY_BYTES_MAX).map((_, i) => i % 256)
    const fits = await fetch(url, { method: 'POST', body })
    expect(new Uint8Array(await fits.arrayBuffer())).toEqual(body)
    const tooLarge = await fetch(url, { method: 'POST', body: new Uint8Array(BODY_BYTES_MAX + 1) })
    expect(tooLarge.status).toBe(413)
    expect(await tooLarge.json()).toMatchObject({ error: { code: 'BODY_TOO_LARGE' } })
  })

  it.each([204, 304])('is answered with %i without a body', async (status) => {
    const { url } = await serve(() => new Response(null, { status, headers: { etag: '"x"' } }))
    const answer = await fetch(url)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('etag')).toBe('"x"')
  })

  it('by HEAD is answered with the length and no body', async () => {
    const { url } = await serve(() => new Response('twelve bytes'))
    const answer = await fetch(url, { method: 'HEAD' })
    expect(answer.headers.get('content-length')).toBe('12')
    expect(await answer.text()).toBe('')
  })

  it('whose handler fails is answered with 500, and the error is told', async () => {
    const { url, errors } = await serve(() => {
      throw new Error('broken')
    })
    const answer = await fetch(url)
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ error: { code: 'INTERNAL' } })
    expect(String(errors)).toContain('broken')
  })
})

describe('a client that goes away', () => {
  it('aborts the request that is being handled, and nothing is written any more', async () => {
    const seen = Promise.withResolvers<Request>()
    const late = Promise.withResolvers<Response>()
    const { url, errors } = await serve((request) => {
      seen.resolve(request)
      return late.promise
    })
    const going = new AbortController()
    const answer = fetch(url, { signal: going.signal })
    answer.catch(() => undefined)
    const { signal } = await seen.promise
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
    going.abort()
    await aborted
    late.resolve(new Response('too late'))
    await expect(answer).rejects.toThrow(/abort/i)
    await new Promise((resolve) => setImmediate(resolve))
    expect(errors).toEqual([])
  })

  it('in the middle of its body never reaches the handler', async () => {
    let calls = 0
    const { url, port } = await serve(() => {
      calls += 1
      return new Response('fine')
    })
    const socket = createConnection(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    expect(await (await fetch(url)).text()).toBe('fine')
    expect(calls).toBe(1)
  })
})

describe('a stream', () => {
  const headers = { 'content-type': 'text/event-stream' }

  it('is written as it comes', async () => {
    const more = Promise.withResolvers<void>()
    const { url } = await serve(() => {
      async function* parts() {
        yield new TextEncoder().encode('data: 1\n\n')
        await more.promise
        yield new TextEncoder().encode('data: 2\n\n')
      }
      return new Response(ReadableStream.from(parts()), { headers })
    })
    const reader = ((await fetch(url)).body as ReadableStream<Uint8Array>).getReader()
    const read = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await read()).toBe('data: 1\n\n')
    more.resolve()
    expect(await read()).toBe('data: 2\n\n')
    expect((await reader.read()).done).toBe(true)
  })

  it('ends whatever goes on for it, when it is whole', async () => {
    let signal: AbortSignal | undefined
    const { url, errors } = await serve((request) => {
      signal = request.signal
      return new Response(new Blob(['whole']).stream(), { headers: { 'x-stream': '1' } })
    })
    expect(await (await fetch(url)).text()).toBe('whole')
    await expect.poll(() => signal?.aborted).toBe(true)
    expect(errors).toEqual([])
  })

  it('that never ends is answered to HEAD without being read', async () => {
    let isCancelled = false
    const { url, errors } = await serve(() => {
      const body = new ReadableStream({
        cancel() {
          isCancelled = true
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    })
    const answer = await fetch(url, { method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-type'), isCancelled]).toEqual([200, 'text/event-stream', true])
    expect(errors).toEqual([])
  })

  it('is cancelled when its reader goes away', async () => {
    const cancelled = Promise.withResolvers<void>()
    const { url } = await serve(() => {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
        cancel: () => cancelled.resolve(),
      })
      return new Response(body, { headers })
    })
    const going = new AbortController()
    const answer = await fetch(url, { signal: going.signal })
    await answer.body?.getReader().read()
    going.abort()
    await cancelled.promise
  })

  it.each([
    ['is written to', 5],
    ['is quiet', 60_000],
  ])('of events that %s ends with its reader, and that is no error', async (_what, everyMs) => {
    const ended = Promise.withResolvers<void>()
    const { url, errors } = await serve(({ signal }) =>
      answerEventStream({ signal, waitingMax: 2 }, (sink) => {
        const timer = setInterval(() => sink.send('counts', {}), everyMs)
        return () => {
          clearInterval(timer)
          ended.resolve()
        }
      }),
    )
    const going = new AbortController()
    const answer = await fetch(url, { signal: going.signal })
    await answer.body?.getReader().read()
    going.abort()
    await ended.promise
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(errors).toEqual([])
  })

  it('whose source fails because its reader went away is no error either', async () => {
    const { url, errors } = await serve(({ signal }) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('data: 1\n\n'))
          signal.addEventListener('abort', () => controller.error(signal.reason))
        },
      })
      return new Response(body, { headers })
    })
    const going = new AbortController()
    const answer = await fetch(url, { signal: going.signal })
    await answer.body?.getReader().read()
    going.abort()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(errors).toEqual([])
  })

  it('that fails in the middle ends without its last chunk, so that half of it does not look whole', async () => {
    const { url, errors } = await serve(() => {
      let pulls = 0
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulls += 1
          if (pulls > 2) throw new Error('the database is away')
          controller.enqueue(Buffer.from('half\n'))
        },
      })
      return new Response(body, { headers: { 'x-stream': '1' } })
    })
    const read = async () => (await fetch(url)).text()
    await expect(read()).rejects.toThrow()
    expect(errors).toMatchObject([{ message: 'the database is away' }])
  })

  it('waits for a reader that is slow, and is whole in the end', async () => {
    const PART = new Uint8Array(256 * 1_024).fill(7)
    const PARTS = 200
    let given = 0
    const { url } = await serve(() => {
      const body = new ReadableStream(
        {
          pull(controller) {
            given += 1
            controller.enqueue(PART)
            if (given === PARTS) controller.close()
          },
        },
        { highWaterMark: 0 },
      )
      return new Response(body, { headers })
    })
    const reader = ((await fetch(url)).body as ReadableStream<Uint8Array>).getReader()
    let bytes = (await reader.read()).value?.length ?? 0
    await new Promise((resolve) => setTimeout(resolve, 300))
    // What sockets and their buffers hold, and not the whole of it.
    expect(given).toBeLessThan(PARTS)
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      bytes += value.length
    }
    expect(bytes).toBe(PART.length * PARTS)
  })
})
