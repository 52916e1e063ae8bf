import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { SETTINGS } from './env.ts'

const terminal = { isTty: false }

function mistakesOf(source: Record<string, string>): readonly string[] {
  const reading = readConfig(source, terminal)
  return reading.kind === 'mistakes' ? reading.mistakes : []
}

function configOf(source: Record<string, string>) {
  const reading = readConfig(source, terminal)
  if (reading.kind === 'mistakes') throw new Error(reading.mistakes.join('\n'))
  return reading
}

describe('readConfig', () => {
  it('needs nothing: embedded databases, loopback, port 4000', () => {
    const { config, warnings } = configOf({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      metricsPort: 4001,
      clickhouse: { kind: 'embedded' },
      postgres: { kind: 'embedded' },
      redisUrl: undefined,
      log: { level: 'info', format: 'json' },
    })
    expect(Array.from(config.roles)).toEqual(['ingest', 'api', 'worker'])
    expect(config.countryDatabase).toMatch(/\.mmdb$/)
    expect(warnings).toEqual([])
  })

  it('takes everything that can be set', () => {
    const mmdb = join(tmpdir(), 'mctrack-test.mmdb')
    writeFileSync(mmdb, '')
    const { config } = configOf({
      MCTRACK_PORT: '0',
      MCTRACK_HOST: '0.0.0.0',
      MCTRACK_METRICS_PORT: '9000',
      MCTRACK_DATA_DIR: '/tmp/x',
      MCTRACK_CLICKHOUSE_URL: 'http://u:p@host:8123/db',
      MCTRACK_POSTGRES_URL: 'postgres://u:p@host/db',
      MCTRACK_REDIS_URL: 'redis://host:6379',
      MCTRACK_ROLES: 'ingest, worker',
      MCTRACK_LOG_LEVEL: 'debug',
      MCTRACK_LOG_FORMAT: 'pretty',
      MCTRACK_COUNTRY_DB: mmdb,
      MCTRACK_SITE_DIR: '/tmp/site',
    })
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      dataDirectory: '/tmp/x',
      clickhouse: { kind: 'external', url: 'http://u:p@host:8123/db' },
      postgres: { kind: 'external' },
      redisUrl: 'redis://host:6379',
      log: { level: 'debug', format: 'pretty' },
      countryDatabase: mmdb,
      siteDirectory: '/tmp/site',
    })
    expect(Array.from(config.roles)).toEqual(['ingest', 'worker'])
  })

  it('reports every mistake at once, in sentences that name the setting and its flag', () => {
    const mistakes = mistakesOf({
      MCTRACK_PORT: 'http',
      MCTRACK_METRICS_PORT: '70000',
      MCTRACK_CLICKHOUSE_URL: 'localhost:8123',
      MCTRACK_POSTGRES_URL: 'mysql://secret@host',
      MCTRACK_ROLES: 'ingest,cook',
      MCTRACK_LOG_LEVEL: 'loud',
      MCTRACK_COUNTRY_DB: '/nowhere.mmdb',
      MCTRACK_CLICKHOUSE_MEMORY_MB: '12',
    })
    expect(mistakes).toHaveLength(8)
    expect(mistakes[0]).toBe('MCTRACK_PORT (--port) must be a port from 0 to 65535, but is "http".')
    for (const mistake of mistakes) expect(mistake).toMatch(/^MCTRACK_[A-Z_]+ \(--[a-z-]+\) .*\.$/)
    expect(mistakes.join()).not.toContain('secret')
  })

  it.each([
    [{ MCTRACK_PORT: '5000', MCTRACK_METRICS_PORT: '5000' }, /must differ/],
    [{ MCTRACK_ROLES: 'ingest' }, /MCTRACK_REDIS_URL/],
    [{ MCTRACK_ROLES: 'ingest,ingest', MCTRACK_REDIS_URL: 'redis://x' }, /twice/],
  ])('finds what does not go together: %j', (source, sentence) => {
    expect(mistakesOf(source).join()).toMatch(sentence)
  })

  it('lets the country look-up be turned off', () => {
    expect(configOf({ MCTRACK_COUNTRY_DB: 'off' }).config.countryDatabase).toBeUndefined()
  })

  it('takes an empty value for none', () => {
    expect(configOf({ MCTRACK_PORT: '', MCTRACK_REDIS_URL: '' }).config).toMatchObject({
      port: 4000,
      redisUrl: undefined,
    })
  })

  it("warns about names that are no settings, but not about the other programs'", () => {
    const { warnings } = configOf({ MCTRACK_PROT: '1', MCTRACK_KEY: 'x', MCTRACK_TOKEN: 'x', PATH: 'x' })
    expect(warnings).toEqual(['MCTRACK_PROT is not a setting of this version and has no effect.'])
  })

  it('has a flag and a sentence for every setting', () => {
    for (const [name, { flag, about }] of Object.entries(SETTINGS)) {
      expect(flag).toBe(`--${name.replace('MCTRACK_', '').replaceAll('_', '-').toLowerCase()}`)
      expect(about).toMatch(/^[A-Z].*\.$/)
    }
  })
})
