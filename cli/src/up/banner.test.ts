import { expect, it } from 'vitest'
import { createPalette } from '../terminal/palette.ts'
import { type BannerFacts, commandNameOf, layoutBanner } from './banner.ts'
import { collectorEnv } from './collector-settings.ts'

const facts = {
  url: 'http://127.0.0.1:4000',
  metricsUrl: 'http://127.0.0.1:4001/metrics',
  dataDirectory: '/srv/mctrack',
  commandName: 'mctrack',
  commandFlags: '',
  hasNetwork: false,
  setUpUrl: undefined,
}
const banner = (change: Partial<BannerFacts> = {}) => layoutBanner({ ...facts, ...change }, createPalette(false))

it('says where the collector is and what to type next', () => {
  expect(banner().join('\n')).toBe(`
  MCTrack runs at http://127.0.0.1:4000

  Data     /srv/mctrack
  Metrics  http://127.0.0.1:4001/metrics

  Next, in another terminal:
    mctrack networks create "My network"
    mctrack keys create
    mctrack live --watch

  Ctrl-C stops it; what was taken is stored first.
`)
})

it('shows where the first owner makes an account', () => {
  expect(banner({ setUpUrl: 'http://127.0.0.1:4000/set-up#x' }).join('\n')).toContain(`
  Metrics  http://127.0.0.1:4001/metrics

  Make your account in a browser:
    http://127.0.0.1:4000/set-up#x
  The link works once, for an hour; "mctrack setup-link" makes another one.

  Next, in another terminal:
`)
})

it('does not ask for a network when there is one', () => {
  const text = banner({ hasNetwork: true, commandFlags: ' --data-dir /x' }).join('\n')
  expect(text).not.toContain('networks create')
  expect(text).toContain('mctrack --data-dir /x doctor')
})

it('tells commands as the person types them', () => {
  expect(commandNameOf({})).toBe('mctrack')
  expect(commandNameOf({ npm_lifecycle_event: 'mctrack' })).toBe('npx -y pnpm mctrack')
})

it('lets flags win over the environment', () => {
  const env = { MCTRACK_PORT: '1', MCTRACK_HOST: '::1', OTHER: 'x' }
  expect(collectorEnv(env, { port: '2', clickhouseMemoryMb: '300' })).toEqual({
    MCTRACK_PORT: '2',
    MCTRACK_HOST: '::1',
    OTHER: 'x',
    MCTRACK_CLICKHOUSE_MEMORY_MB: '300',
  })
})
