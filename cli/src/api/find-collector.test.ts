import { describe, expect, it } from 'vitest'
import { type FindCollectorDeps, FOUND_BY_LOGIN, findCollector } from './find-collector.ts'

const OWN = { pid: 1, url: 'http://127.0.0.1:4310', metricsUrl: 'http://127.0.0.1:4311/metrics' }

function find(
  flags: { readonly url?: string; readonly token?: string } = {},
  env: FindCollectorDeps['env'] = {},
  announced: typeof OWN | null = OWN,
  stored: Readonly<Record<string, string>> = {},
) {
  return findCollector(flags, {
    env,
    dataDirectory: '/srv/mctrack',
    readAnnouncement: () => announced ?? undefined,
    readOperatorToken: () => 'mcto_own',
    readStoredToken: (url) => stored[url],
  })
}

describe('the address', () => {
  it('is the flag, else the environment, else what the data directory says, else the default port', () => {
    const env = { MCTRACK_URL: 'https://env.example' }
    expect(find({ url: 'https://flag.example/' }, env)).toMatchObject({
      url: 'https://flag.example',
      foundBy: 'from --url',
    })
    expect(find({}, env)).toMatchObject({ url: 'https://env.example', foundBy: 'from MCTRACK_URL' })
    expect(find()).toMatchObject({ url: OWN.url, foundBy: 'from /srv/mctrack' })
    expect(find({}, {}, null)).toMatchObject({ url: OWN.url.replace('4310', '4000'), foundBy: 'the default' })
    expect(find({}, { MCTRACK_PORT: '4100' }, null).url).toBe('http://127.0.0.1:4100')
  })

  it.each([
    ['wss://x.example/mctrack/', 'https://x.example/mctrack'],
    ['ws://x.example:4000', 'http://x.example:4000'],
    ['HTTPS://X.example?a=1#b', 'https://x.example'],
  ])('%s means %s', (text, url) => {
    expect(find({ url: text }).url).toBe(url)
  })

  it.each(['', 'x.example', 'ftp://x.example', 'http://', 'localhost:4000'])('is refused when it is %j', (url) => {
    expect(() => find({ url })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(/^--url must be an address/) }),
    )
  })
})

describe('the token', () => {
  it('is the flag, else the environment, else the one of the data directory', () => {
    expect(find({ token: 'flag' }, { MCTRACK_TOKEN: 'env' })).toMatchObject({
      token: 'flag',
      tokenFoundBy: 'from --token',
    })
    expect(find({}, { MCTRACK_TOKEN: 'env' })).toMatchObject({ token: 'env', tokenFoundBy: 'from MCTRACK_TOKEN' })
    expect(find()).toMatchObject({ token: 'mcto_own', tokenFoundBy: 'from /srv/mctrack' })
  })

  it.each(['https://x.example', 'http://10.0.0.1:4000', 'http://127.0.0.1.x.example', 'http://localhost.x.example'])(
    'of the data directory is never sent to %s',
    (url) => {
      expect(find({ url })).toMatchObject({ token: undefined, isLocal: false })
      expect(find({}, { MCTRACK_URL: url })).toMatchObject({ token: undefined, isLocal: false })
    },
  )

  it.each(['http://127.0.0.1:1', 'http://localhost:4000', 'http://[::1]:4000', 'http://127.9.9.9:4000'])(
    'of the data directory is sent to this machine: %s',
    (url) => {
      expect(find({ url })).toMatchObject({ token: 'mcto_own', isLocal: true })
    },
  )

  it('of the data directory is sent where its collector said that it listens', () => {
    const announced = { ...OWN, url: 'http://10.0.0.1:4000' }
    expect(find({}, {}, announced)).toMatchObject({ token: 'mcto_own', isLocal: true })
  })

  it('that somebody logged in with is used at that address, after the flag and the environment', () => {
    const stored = { 'https://x.example': 'mctp_stored' }
    const url = 'https://x.example/'
    expect(find({ url }, {}, OWN, stored)).toMatchObject({ token: 'mctp_stored', tokenFoundBy: FOUND_BY_LOGIN })
    expect(find({ url, token: 'flag' }, {}, OWN, stored).token).toBe('flag')
    expect(find({ url }, { MCTRACK_TOKEN: 'env' }, OWN, stored).token).toBe('env')
    expect(find({ url: 'https://y.example' }, {}, OWN, stored).token).toBeUndefined()
    expect(find({ url: 'http://x.example' }, {}, OWN, stored).token).toBeUndefined()
  })

  it('that somebody logged in with comes before the data directory where nobody knows whose collector it is', () => {
    const tunnel = 'http://127.0.0.1:9000'
    expect(find({ url: tunnel }, {}, OWN, { [tunnel]: 'mctp_stored' })).toMatchObject({
      token: 'mctp_stored',
      isLocal: true,
    })
    // That of the data directory's own collector comes before.
    expect(find({}, {}, OWN, { [OWN.url]: 'mctp_stored' }).token).toBe('mcto_own')
  })
})
