import { expect, it } from 'vitest'
import { MctrackError } from '../platform/error.ts'
import { createLog } from '../platform/log.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import type { AuditEntry } from './audit-entry.ts'
import { createAuditLog } from './audit-log.ts'

const author = { actor: { kind: 'operator' }, address: '203.0.113.0/24', requestId: 'request' } as const
const rebuilt = {
  action: 'ccu.rebuilt',
  networkId: 'network',
  target: { kind: 'network', id: 'network' },
  before: null,
  after: { fromMs: 0, toMs: 60_000 },
} as const
const announced = { ...rebuilt, address: author.address, requestId: 'request', actor: { kind: 'operator', id: null } }

function setUp(options: { readonly failsAt?: number; readonly now?: () => number } = {}) {
  const did: (string | AuditEntry)[] = []
  let stored = 0
  const audit = createAuditLog({
    db: {} as Postgres,
    store: {
      async append(_db, entries) {
        stored += 1
        if (stored === options.failsAt) throw new Error('away')
        did.push(...entries)
      },
      load: async () => [],
    },
    createId: () => 'id',
    now: options.now ?? (() => 5),
    log: createLog({ level: 'silent', format: 'json' }),
  })
  return { did, audit }
}

it('writes down a change elsewhere before it is made', async () => {
  const { did, audit } = setUp()
  expect(await audit.around(author, rebuilt, async () => did.push('made'))).toBe(2)
  expect(did).toEqual([{ ...announced, id: 'id', atMs: 5, failure: null }, 'made'])
})

it('makes no change elsewhere that cannot be written down', async () => {
  const { did, audit } = setUp({ failsAt: 1 })
  await expect(audit.around(author, rebuilt, async () => did.push('made'))).rejects.toThrow('away')
  expect(did).toEqual([])
})

it.each([
  [new MctrackError('BUFFER_FULL'), 'BUFFER_FULL'],
  [new Error('broken'), 'INTERNAL'],
])('says why a change elsewhere failed (%s)', async (error, code) => {
  const { did, audit } = setUp()
  await expect(audit.around(author, rebuilt, () => Promise.reject(error))).rejects.toBe(error)
  expect(did).toEqual([
    expect.objectContaining({ ...announced, failure: null }),
    expect.objectContaining({ ...announced, before: null, after: null, failure: code }),
  ])
})

it('gives the reason of the change that failed, not that of the entry about it', async () => {
  const { audit } = setUp({ failsAt: 2 })
  const error = new MctrackError('BUFFER_FULL')
  await expect(audit.around(author, rebuilt, () => Promise.reject(error))).rejects.toBe(error)
})

it('puts entries of one instant in the order in which they come, and believes a clock that is set back', async () => {
  const clock = [5_000, 5_000, 5_000, 4_999, 6_000, 1_000]
  const { did, audit } = setUp({ now: () => clock.shift() ?? 0 })
  for (let i = 0; i < 6; i++) await audit.note({ actor: { kind: 'unknown' }, address: null, requestId: 'r' }, rebuilt)
  expect(did.map((entry) => (entry as AuditEntry).atMs)).toEqual([5_000, 5_001, 5_002, 5_003, 6_000, 1_000])
})

it('keeps secrets out, wherever somebody put them', async () => {
  const { did, audit } = setUp()
  const secret = `mct_${'x'.repeat(32)}`
  const change = { ...rebuilt, target: { kind: 'backend', id: secret }, before: { name: secret }, after: { a: secret } }
  await audit.note({ actor: { kind: 'unknown' }, address: null, requestId: 'r' }, change as never)
  expect(JSON.stringify(did)).not.toContain(secret)
  expect(did).toMatchObject([{ actor: { kind: 'unknown', id: null }, before: { name: '[hidden]' } }])
})
