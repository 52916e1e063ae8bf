import { beforeEach, expect, it } from 'vitest'
import { createLog } from '../platform/log.ts'
import type { AuditFields } from './audit-entry.ts'
import { createFailedSignIns } from './failed-sign-ins.ts'

const HOUR_MS = 3_600_000
const log = createLog({ level: 'silent', format: 'json' })
const HERE = '203.0.113.0/24'

let nowMs = 0
let isAway = false
let written: { address: string | null; requestId: string; after: AuditFields | null }[] = []
beforeEach(() => {
  nowMs = 1_000_000
  isAway = false
  written = []
})

function setUp() {
  return createFailedSignIns({
    async note({ address, requestId }, { after }) {
      if (isAway) throw new Error('away')
      written.push({ address, requestId, after })
    },
    now: () => nowMs,
    log,
  })
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

it('writes the first one of an address at once, and counts the rest of the hour into one', async () => {
  const failed = setUp()
  failed.note({ address: HERE, requestId: 'first' })
  await settled()
  expect(written).toEqual([
    { address: HERE, requestId: 'first', after: { attempts: 1, firstAtMs: nowMs, lastAtMs: nowMs } },
  ])
  for (let i = 0; i < 1_000; i++) {
    nowMs += 1_000
    failed.note({ address: HERE, requestId: `more ${i}` })
    await failed.flush()
  }
  expect(written).toHaveLength(1)
  nowMs = 1_000_000 + HOUR_MS
  await failed.flush()
  expect(written.slice(1)).toEqual([
    { address: HERE, requestId: 'more 0', after: { attempts: 1_000, firstAtMs: 1_001_000, lastAtMs: 2_000_000 } },
  ])
})

it('begins anew with an address that was quiet for an hour', async () => {
  const failed = setUp()
  failed.note({ address: HERE, requestId: 'a' })
  await settled()
  nowMs += HOUR_MS
  await failed.flush()
  expect(written).toHaveLength(1)
  failed.note({ address: HERE, requestId: 'b' })
  await settled()
  expect(written.map(({ requestId }) => requestId)).toEqual(['a', 'b'])
})

it('writes a bounded number of entries, wherever a flood comes from, and counts every attempt', async () => {
  const failed = setUp()
  for (let i = 0; i < 20_000; i++) {
    failed.note({ address: `2001:db8:${i.toString(16)}::/48`, requestId: String(i) })
    if (i % 1_000 === 0) await failed.flush()
  }
  await settled()
  expect(written.length).toBeLessThanOrEqual(101)
  expect(written.filter(({ address }) => address === null)).toHaveLength(1)
  await failed.close()
  expect(written.length).toBeLessThanOrEqual(202)
  expect(written.reduce((sum, { after }) => sum + Number(after?.['attempts']), 0)).toBe(20_000)
})

it('loses no count while the database is away', async () => {
  const failed = setUp()
  isAway = true
  failed.note({ address: HERE, requestId: 'first' })
  failed.note({ address: HERE, requestId: 'second' })
  await settled()
  nowMs += 5_000
  failed.note({ address: HERE, requestId: 'third' })
  await expect(failed.flush()).rejects.toThrow('away')
  isAway = false
  await failed.flush()
  expect(written).toEqual([
    { address: HERE, requestId: 'first', after: { attempts: 3, firstAtMs: 1_000_000, lastAtMs: 1_005_000 } },
  ])
})

it('writes what is counted when it is closed', async () => {
  const failed = setUp()
  failed.note({ address: null, requestId: 'a' })
  await settled()
  failed.note({ address: null, requestId: 'b' })
  await failed.close()
  expect(written.map(({ address, after }) => [address, after?.['attempts']])).toEqual([
    [null, 1],
    [null, 1],
  ])
})
