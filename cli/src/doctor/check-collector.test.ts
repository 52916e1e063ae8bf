import { describe, expect, it } from 'vitest'
import type { ReadinessAnswer } from '../api/readiness.ts'
import { checkClock, checkReadiness, checkTransport, checkVersions } from './check-collector.ts'
import { checkNode } from './check-node.ts'
import { portsOf } from './check-ports.ts'

const answer: ReadinessAnswer = {
  readiness: { status: 'ready', checks: [{ name: 'process', ok: true, message: 'The collector runs.' }] },
  tookMs: 5,
  collectorDateMs: 1_000_000_000_000,
  atMs: 1_000_000_000_500,
}
const results = (findings: ReadonlyArray<{ readonly result: string }>) => findings.map(({ result }) => result)

it.each([
  ['22.18.0', 'pass'],
  ['24.0.1', 'pass'],
  ['22.17.9', 'fail'],
  ['20.19.0', 'fail'],
])('takes Node %s as %s', (version, result) => {
  expect(checkNode(version).result).toBe(result)
})

describe('the clocks', () => {
  it.each([
    [0, 'pass'],
    [4_000, 'pass'],
    [-6_000, 'warn'],
    [200_000, 'warn'],
    [400_000, 'fail'],
  ])('%d ms apart: %s', (apartMs, result) => {
    expect(results(checkClock({ ...answer, atMs: answer.atMs + apartMs }))).toEqual([result])
  })
  it('are not compared without a date', () => {
    expect(checkClock({ ...answer, collectorDateMs: undefined })).toEqual([])
  })
})

it('passes on what the collector says of itself, with what to do', () => {
  const checks = [...answer.readiness.checks, { name: 'postgres', ok: false, message: 'PostgreSQL is away.' }]
  const findings = checkReadiness({ ...answer, tookMs: 3_000, readiness: { status: 'not_ready', checks } })
  expect(results(findings)).toEqual(['warn', 'pass', 'fail'])
  expect(findings[2]).toMatchObject({ name: 'ready-postgres', message: 'PostgreSQL is away.' })
  expect(findings[2]?.remedy).toMatch(/postgres\.log/)
})

it('wants the token to travel encrypted, but not on this machine', () => {
  expect(results(checkTransport('http://x.example', false))).toEqual(['warn'])
  expect(checkTransport('https://x.example', false)).toEqual([])
  expect(checkTransport('http://127.0.0.1:4000', true)).toEqual([])
})

it('compares versions', () => {
  expect([checkVersions('1.0.0', '1.0.0').result, checkVersions('1.0.0', '1.1.0').result]).toEqual(['pass', 'warn'])
})

it('checks the ports that a collector would take', () => {
  const { host, ports } = portsOf({ MCTRACK_PORT: '4310', MCTRACK_HOST: '' })
  expect([host, ...ports.map(({ port }) => port)]).toEqual(['127.0.0.1', 4310, 4001])
})
