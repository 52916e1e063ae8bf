import { describe, expect, it } from 'vitest'
import type { DeadLetter, Server } from '../api/types.ts'
import { checkNetwork, type NetworkFacts } from './check-network.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')
const network = {
  id: '019aa000-0000-7000-8000-000000000001',
  name: 'Example Net',
  timeZone: 'UTC',
  currency: 'EUR',
  resumeWindowMs: 30_000,
  createdAtMs: 0,
  archivedAtMs: null,
  deleteAtMs: null,
  isDemo: false,
}
const key = {
  id: 'x',
  name: 'a',
  gamemode: null,
  createdAtMs: 0,
  revokedAtMs: null,
  lastUsedAtMs: null,
  lastFour: 'a',
  connections: 0,
}

function server(name: string, change: Partial<Server> = {}): Server {
  return {
    name,
    kind: 'proxy',
    state: 'connected',
    players: 1,
    software: { name: 'Velocity', version: '3' },
    sdk: { name: 'sdk', version: '1' },
    firstSeenAtMs: nowMs,
    lastSeenAtMs: nowMs,
    clockOffsetMs: 0,
    keyId: null,
    gauges: null,
    ...change,
  }
}

const healthy: NetworkFacts = {
  network,
  keys: [key],
  servers: [server('proxy-1')],
  deadLetters: [],
  ingest: {
    networkId: network.id,
    atMs: nowMs,
    sinceMs: 0,
    accepted: 1_000,
    duplicates: 0,
    unknownTypes: 0,
    optedOut: 0,
    refused: [],
    connections: 1,
    lagMs: 400,
    waiting: [],
    lost: [],
    deadLetters: 0,
    storage: 'ok',
    servers: [],
  } as NetworkFacts['ingest'],
}

/** What is not as it should be, by the name of the check. */
function wrong(change: Partial<NetworkFacts>): Readonly<Record<string, string>> {
  const findings = checkNetwork({ ...healthy, ...change }, nowMs).filter(({ result }) => result !== 'pass')
  for (const { remedy } of findings) expect(remedy).toMatch(/\w/)
  return Object.fromEntries(findings.map(({ name, result, message }) => [name, `${result}: ${message}`]))
}

describe('a network', () => {
  it('that works has nothing wrong, and every check says so', () => {
    expect(wrong({})).toEqual({})
    expect(checkNetwork(healthy, nowMs).every(({ message }) => message.endsWith('.'))).toBe(true)
  })

  it('without a key that can be used cannot get data', () => {
    expect(wrong({ keys: [{ ...key, revokedAtMs: 1 }] })).toEqual({
      key: 'warn: The network has no API key, so no server can report.',
    })
  })

  it('whose servers are silent names them, and only so many', () => {
    const silent = (name: string) => server(name, { state: 'silent', lastSeenAtMs: nowMs - 3_600_000 })
    expect(wrong({ servers: [server('a'), silent('b')] })).toEqual({
      server: 'warn: 1 server reports, but not b (1 h ago).',
    })
    const many = Array.from({ length: 8 }, (_, index) => silent(`s${index}`))
    expect(wrong({ servers: many })['server']).toMatch(/^warn: No server reports now: .*s4 \(1 h ago\) and 3 more\.$/)
    expect(wrong({ servers: [] })['server']).toBe('warn: No server has reported yet.')
  })

  it('whose servers left by their own word is as it should be, and that is said', () => {
    const left = (name: string) => server(name, { state: 'left', lastSeenAtMs: nowMs - 4_000 })
    const said = (servers: readonly Server[]) =>
      checkNetwork({ ...healthy, servers }, nowMs).find(({ name }) => name === 'server')
    expect(wrong({ servers: [left('a')] })).toEqual({})
    expect(said([left('a')])?.message).toBe('No server reports now: a (4 s ago) left of its own accord.')
    expect(said([left('a'), left('b'), server('c')])?.message).toBe(
      '1 server reports; a (4 s ago), b (4 s ago) left of their own accord.',
    )
    const silent = server('b', { state: 'silent', lastSeenAtMs: nowMs - 3_600_000 })
    expect(wrong({ servers: [left('a'), silent] })).toEqual({ server: 'warn: No server reports now: b (1 h ago).' })
  })

  it('with clocks that are off says whose', () => {
    expect(wrong({ servers: [server('a', { clockOffsetMs: -90_000 })] })).toEqual({
      'server-clock': 'warn: Clocks of servers are off: a (1 min 30 s).',
    })
  })

  it('that was refused something says why', () => {
    const refused = [
      { code: 'EVENT_TOO_OLD', message: 'Too old.', events: 2 },
      { code: 'EVENT_IN_FUTURE', message: 'It lies ahead.', events: 1_200 },
    ] as NetworkFacts['ingest']['refused']
    expect(wrong({ ingest: { ...healthy.ingest, refused } })['refusals']).toBe(
      'warn: 1,202 refused since the collector started, most of them with EVENT_IN_FUTURE: It lies ahead.',
    )
  })

  it('whose servers gave events up says which', () => {
    const servers = [{ server: 'a', droppedEvents: 5 }] as unknown as NetworkFacts['ingest']['servers']
    expect(wrong({ ingest: { ...healthy.ingest, servers } })['spool']).toMatch(/^warn: .*: a \(5 events\)\.$/)
  })

  it('with dead letters says since when', () => {
    const letter = { receivedAtMs: nowMs - 60_000, code: 'EVENT_MALFORMED' } as DeadLetter
    expect(wrong({ deadLetters: [letter] })['dead-letters']).toMatch(/newest from 1 min ago \(EVENT_MALFORMED\)/)
    expect(wrong({ deadLetters: undefined })).toEqual({})
  })

  it('that is not stored fails; that is stored slowly is worth a look', () => {
    const waiting = [{ table: 'x', rows: 10, bytes: 5 }] as unknown as NetworkFacts['ingest']['waiting']
    expect(wrong({ ingest: { ...healthy.ingest, waiting, storage: 'failing' } })['storage']).toMatch(
      /^fail: .*; 10 rows wait\.$/,
    )
    expect(wrong({ ingest: { ...healthy.ingest, waiting, lagMs: 16_000 } })['storage']).toMatch(/^warn: .*16 s/)
  })
})
