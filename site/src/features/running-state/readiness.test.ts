import { describe, expect, it } from 'vitest'
import { describeState, formatTook, parseReadiness, parseVersion } from './readiness.ts'

const POSTGRES = { name: 'postgres', ok: true, tookMs: 0.4, message: 'PostgreSQL answers.' }

describe('parseReadiness', () => {
  it('takes what the collector answers', () => {
    expect(parseReadiness({ status: 'ready', checks: [POSTGRES] })).toEqual({ isReady: true, checks: [POSTGRES] })
    expect(parseReadiness({ status: 'not_ready', checks: [] })).toEqual({ isReady: false, checks: [] })
  })

  it.each([
    ['nothing', undefined],
    ['an error page', { error: { code: 'INTERNAL', message: 'Something broke.' } }],
    ['an unknown status', { status: 'fine', checks: [] }],
    ['checks that are no list', { status: 'ready', checks: {} }],
    ['a check without a message', { status: 'ready', checks: [{ name: 'postgres', ok: true, tookMs: 1 }] }],
    ['a check that is nothing', { status: 'ready', checks: [null] }],
  ])('refuses %s', (_, answer) => {
    expect(parseReadiness(answer)).toBeUndefined()
  })

  it('shows no more checks than a screen can hold', () => {
    const checks = Array.from({ length: 1_000 }, () => POSTGRES)

    expect(parseReadiness({ status: 'ready', checks })?.checks).toHaveLength(20)
  })
})

describe('parseVersion', () => {
  it('reads the version of the OpenAPI document', () => {
    expect(parseVersion({ info: { version: '0.1.0' } })).toBe('0.1.0')
  })

  it.each([[undefined], [{}], [{ info: null }], [{ info: { version: 1 } }], [{ info: { version: '<b>' } }]])(
    'refuses %j',
    (document) => {
      expect(parseVersion(document)).toBeUndefined()
    },
  )
})

describe('describeState', () => {
  it('says when nobody answers', () => {
    expect(describeState(undefined)).toMatchObject({ tone: 'away', title: 'The collector does not answer' })
  })

  it('says when everything works', () => {
    expect(describeState({ isReady: true, checks: [POSTGRES] })).toMatchObject({ tone: 'good', short: 'running' })
  })

  it.each([
    [['postgres'], 'PostgreSQL needs a look'],
    [['postgres', 'clickhouse'], 'PostgreSQL and ClickHouse need a look'],
    [['postgres', 'clickhouse', 'redis'], 'PostgreSQL, ClickHouse and Redis need a look'],
    [[], 'Not ready yet'],
  ])('names what fails: %j', (names, title) => {
    const checks = names.map((name) => ({ ...POSTGRES, name, ok: false }))

    expect(describeState({ isReady: false, checks })).toMatchObject({ tone: 'attention', title })
  })
})

it.each([
  [0, ''],
  [0.44, '0.4 ms'],
  [12.6, '13 ms'],
  [3_000, '3,000 ms'],
])('formats %d ms as "%s"', (tookMs, text) => {
  expect(formatTook(tookMs)).toBe(text)
})
