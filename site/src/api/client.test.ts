import { describe, expect, it } from 'vitest'
import { isTransient } from './api-error.ts'
import { apiUrl, createApiClient } from './client.ts'

const NETWORK = { param: { networkId: 'n1' } }

function setUp(answer: (request: Request) => Response | Promise<Response>) {
  const requests: Request[] = []
  const sleeps: number[] = []
  let ended = 0
  const client = createApiClient({
    fetch: async (input, init) => {
      const request = new Request(new URL(String(input), 'http://localhost'), init)
      requests.push(request)
      return answer(request)
    },
    sleep: async (delayMs, signal) => {
      sleeps.push(delayMs)
      signal.throwIfAborted()
    },
    onSessionEnded: () => {
      ended += 1
    },
  })
  return { client, requests, sleeps, ended: () => ended }
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers })

const tooMany = (retryAfter: string | undefined): Response =>
  json(
    429,
    { error: { code: 'RATE_LIMITED', message: 'Too many.' } },
    retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  )

describe('the API client', () => {
  it('gives the answer', async () => {
    const { client, requests } = setUp(() => json(200, { total: 3 }))

    expect(await client.get('/networks/:networkId/live', NETWORK)).toEqual({ kind: 'ok', data: { total: 3 } })
    expect(requests[0]?.url).toBe('http://localhost/api/v1/networks/n1/live')
    expect(requests[0]?.credentials).toBe('same-origin')
  })

  it('gives errors as values, with code, sentence, request and time to wait', async () => {
    const body = {
      error: { code: 'RATE_LIMITED', message: 'Too many.', fields: [{ path: 'name', message: 'is long' }, 7] },
    }
    const { client } = setUp(() => json(429, body, { 'x-request-id': 'req-1', 'retry-after': '70' }))

    const result = await client.get('/networks/:networkId/live', NETWORK)
    expect(result).toEqual({
      kind: 'failed',
      error: {
        code: 'RATE_LIMITED',
        message: 'Too many.',
        status: 429,
        requestId: 'req-1',
        retryAfterMs: 70_000,
        fields: [{ path: 'name', message: 'is long' }],
      },
    })
  })

  it.each([
    ['a page of a proxy', () => new Response('<h1>Bad Gateway</h1>', { status: 502 }), 'NOT_JSON', 502],
    ['nothing', () => new Response(null, { status: 500 }), 'NOT_JSON', 500],
    ['a code that is none', () => json(500, { error: { code: '<b>', message: 'x' } }), 'NOT_JSON', 500],
    ['a success that is no JSON', () => new Response('hello'), 'NOT_JSON', 0],
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), 'UNREACHABLE', 0],
    ['a timeout', () => Promise.reject(new DOMException('late', 'TimeoutError')), 'TIMEOUT', 0],
  ])('has a code and a sentence for %s', async (_, answer, code, status) => {
    const result = await setUp(answer).client.get('/networks/:networkId/live', NETWORK)

    expect(result).toMatchObject({ kind: 'failed', error: { code, status, message: expect.stringMatching(/\.$/) } })
  })

  it('asks again once, and by itself, what was asked too soon', async () => {
    const { client, requests, sleeps } = setUp(() =>
      requests.length === 1 ? tooMany('2') : json(200, { total: requests.length }),
    )

    expect(await client.get('/networks/:networkId/live', NETWORK)).toEqual({ kind: 'ok', data: { total: 2 } })
    expect(sleeps).toEqual([2_000])
  })

  it('tells of it when it is too soon again', async () => {
    const { client, requests } = setUp(() => tooMany('1'))

    expect(await client.get('/networks/:networkId/live', NETWORK)).toMatchObject({
      kind: 'failed',
      error: { code: 'RATE_LIMITED', retryAfterMs: 1_000 },
    })
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['a wait that somebody would notice', '60'],
    ['no time', undefined],
  ])('does not ask again by itself for %s', async (_, retryAfter) => {
    const { client, requests, sleeps } = setUp(() => tooMany(retryAfter))

    expect(await client.get('/networks/:networkId/live', NETWORK)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect([requests.length, sleeps]).toEqual([1, []])
  })

  it('does not do again by itself what changes something', async () => {
    const { client, requests } = setUp(() => tooMany('1'))

    expect(await client.post('/sign-out', {})).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(requests).toHaveLength(1)
  })

  it('waits no longer for what was taken back', async () => {
    const abort = new AbortController()
    const { client, requests } = setUp(() => {
      abort.abort()
      return tooMany('1')
    })

    expect(await client.get('/networks/:networkId/live', NETWORK, { signal: abort.signal })).toEqual({
      kind: 'aborted',
    })
    expect(requests).toHaveLength(1)
  })

  it('says nothing when the question was taken back', async () => {
    const abort = new AbortController()
    abort.abort()
    const { client } = setUp(({ signal }) => Promise.reject(signal.reason))

    expect(await client.get('/networks/:networkId/live', NETWORK, { signal: abort.signal })).toEqual({
      kind: 'aborted',
    })
  })

  it('tells one place that the session ended, but not for a wrong password', async () => {
    const { client, ended } = setUp(() => json(401, { error: { code: 'SESSION_ENDED', message: 'Sign in.' } }))

    await client.get('/networks/:networkId/live', NETWORK, { isSignIn: true })
    expect(ended()).toBe(0)
    await client.get('/networks/:networkId/live', NETWORK)
    expect(ended()).toBe(1)
  })
})

describe('apiUrl', () => {
  it('fills in values so that none can leave its place', () => {
    expect(
      apiUrl('/networks/:networkId/players/:playerId', { param: { networkId: '../x', playerId: 'a b?c#d' } }),
    ).toBe('/api/v1/networks/..%2Fx/players/a%20b%3Fc%23d')
  })

  it('writes queries, lists and leaves out what is not set', () => {
    expect(apiUrl('/x', { query: { search: 'a&b', limit: 5, none: undefined, platform: ['java', 'bedrock'] } })).toBe(
      '/api/v1/x?search=a%26b&limit=5&platform=java&platform=bedrock',
    )
  })
})

it.each([
  [{ status: 0 }, true],
  [{ status: 429 }, true],
  [{ status: 503 }, true],
  [{ status: 500 }, false],
  [{ status: 404 }, false],
  [{ status: 500, retryAfterMs: 1_000 }, true],
])('knows whether %j passes by itself: %s', (error, expected) => {
  expect(isTransient({ code: 'X', message: '', ...error })).toBe(expected)
})
