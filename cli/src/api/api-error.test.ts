import { describe, expect, it } from 'vitest'
import { readApiError, toUnreachable } from './api-error.ts'
import { FOUND_BY_LOGIN } from './find-collector.ts'

const place = {
  url: 'https://x.example:4000',
  foundBy: 'from --url',
  token: undefined,
  tokenFoundBy: 'from --token',
  isLocal: false,
}

async function read(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const { code, message } = await readApiError(new Response(text, { status, headers }), place)
  return `${code}: ${message}`
}

describe('an answer that is no success', () => {
  it('is told in the words of the collector, with what to do', async () => {
    const error = { code: 'KEY_NOT_FOUND', message: 'There is no such key.' }
    expect(await read(404, { error })).toBe(
      'KEY_NOT_FOUND: There is no such key. See which there are with: mctrack keys list',
    )
  })

  it('names flags instead of fields, and complains once about each', async () => {
    const fields = [
      { path: 'timeZone', message: 'must be an IANA time zone' },
      { path: 'timeZone', message: 'must be shorter' },
      { path: 'name', message: 'Too big' },
    ]
    expect(await read(422, { error: { code: 'BODY_INVALID', message: 'x', fields } })).toBe(
      'BODY_INVALID: --time-zone must be an IANA time zone. The name is not right: Too big.',
    )
  })

  it('says where a token comes from', async () => {
    expect(await read(401, { error: { code: 'TOKEN_UNKNOWN', message: 'x' } })).toMatch(
      /^TOKEN_UNKNOWN: The token from --token is not valid at https:\/\/x\.example:4000\./,
    )
    expect(await read(401, { error: { code: 'TOKEN_MISSING', message: 'x' } })).toMatch(/operator-token/)
  })

  it('says to log in again when a token of a login is not valid any more', async () => {
    const error = { code: 'TOKEN_UNKNOWN', message: 'x' }
    const response = new Response(JSON.stringify({ error }), { status: 401 })
    const { message } = await readApiError(response, { ...place, tokenFoundBy: FOUND_BY_LOGIN })
    expect(message).toMatch(/no longer logged in .* Log in again: mctrack login --url https:\/\/x\.example:4000$/)
  })

  it('with a code of a newer collector is told all the same', async () => {
    expect(await read(418, { error: { code: 'TEAPOT', message: 'I am a teapot.' } })).toBe('INTERNAL: I am a teapot.')
  })

  it('cannot steer the terminal', async () => {
    expect(await read(404, { error: { code: 'INTERNAL', message: '\u001b[2J' } })).toBe('INTERNAL: \ufffd[2J')
  })

  it.each([['<html>502</html>'], [''], [{ error: 'no' }], [{ error: { code: 1, message: 'x' } }], ['null']])(
    'of something else (%j) is no collector',
    async (body) => {
      expect(await read(502, body)).toMatch(/^COLLECTOR_UNREACHABLE: .* no MCTrack collector .*status 502/)
    },
  )

  it('that sends on elsewhere names that address, without going there', async () => {
    expect(await read(301, '', { location: 'https://y.example/api/v1/networks' })).toBe(
      'COLLECTOR_UNREACHABLE: https://x.example:4000 sends on to https://y.example. Give that address with --url.',
    )
  })
})

describe('a request without an answer', () => {
  const failed = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('deep down'), { code }) })
  it.each([
    [failed('ECONNREFUSED'), /^No collector answers at https:\/\/x\.example:4000 \(from --url\)\. Start one/],
    [failed('ENOTFOUND'), /^There is no host called x\.example\./],
    [failed('UND_ERR_CONNECT_TIMEOUT'), /does not answer in time/],
    [new DOMException('timeout', 'TimeoutError'), /does not answer in time/],
    [failed('EHOSTUNREACH'), /^There is no way to x\.example:4000/],
    [failed('DEPTH_ZERO_SELF_SIGNED_CERT'), /not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    [failed('ERR_SSL_WRONG_VERSION_NUMBER'), /does not speak https/],
    [failed('ECONNRESET'), /broke \(ECONNRESET\)/],
    [new TypeError('fetch failed', { cause: new Error('bad port') }), /^HTTP is never spoken on the port of x/],
    ['thrown', /no reason given/],
  ])('is told with what to do: %s', (error, sentence) => {
    const { code, message } = toUnreachable(error, place)
    expect(code).toBe('COLLECTOR_UNREACHABLE')
    expect(message).toMatch(sentence)
  })
})
