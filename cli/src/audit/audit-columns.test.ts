import { expect, it } from 'vitest'
import type { AuditEntry } from '../api/types.ts'
import { createClock } from '../format/clock.ts'
import { createPalette } from '../terminal/palette.ts'
import { auditColumns, describeChange } from './audit-columns.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')
const clock = createClock('UTC')
const entry: AuditEntry = {
  id: '019aa000-0000-7000-8000-000000000001',
  atMs: NOON,
  actor: { kind: 'operator', id: null, name: null },
  action: 'network.changed',
  networkId: '019aa000-0000-7000-8000-000000000002',
  target: { kind: 'network', id: '019aa000-0000-7000-8000-000000000002' },
  before: { name: 'Old', resumeWindowMs: 30_000 },
  after: { name: 'New', resumeWindowMs: 60_000 },
  failure: null,
  address: '203.0.113.0/24',
  requestId: '019aa000-0000-7000-8000-000000000003',
}

it.each<[string, Partial<AuditEntry>, string]>([
  ['what differs', {}, 'name: Old → New, resumeWindow: 30 s → 1 min'],
  ['what is new', { before: null, after: { name: 'New', gamemode: null } }, 'name: New, gamemode: none'],
  [
    'instants in the time zone',
    { before: { name: 'k', revokedAtMs: null }, after: { name: 'k', revokedAtMs: NOON } },
    'name: k, revoked: none → 2026-11-21 12:00:00',
  ],
  [
    'a range',
    { before: null, after: { fromMs: NOON, toMs: NOON + 60_000 } },
    'from: 2026-11-21 12:00:00, to: 2026-11-21 12:01:00',
  ],
  [
    'the data retention and its beginning',
    {
      before: { dataRetentionDays: null, dataRetentionFromMs: null },
      after: { dataRetentionDays: 90, dataRetentionFromMs: NOON },
    },
    'dataRetentionDays: none → 90, dataRetentionFrom: none → 2026-11-21 12:00:00',
  ],
  ['why it failed', { before: null, after: null, failure: 'BUFFER_FULL' }, 'failed: BUFFER_FULL'],
  ['nothing', { before: null, after: null }, ''],
])('a change is told by %s', (_what, fields, text) => {
  expect(describeChange({ ...entry, ...fields }, clock)).toBe(text)
})

it('names networks where entries are of several', () => {
  const palette = createPalette(false)
  const of = (nameOf?: (id: string) => string) =>
    auditColumns({ timeZone: 'UTC', palette, nameOf }).map(({ title, text }) => [title, text(entry)])
  expect(of(() => 'Example')).toContainEqual(['Network', 'Example'])
  expect(of().map(([title]) => title)).toEqual(['When', 'Who', 'From', 'What', 'Change', 'On'])
})

it.each<[AuditEntry['target'], string]>([
  [{ kind: 'key', id: '019aa000' }, 'key 019aa000'],
  [{ kind: 'backend', id: 'lobby-1' }, 'backend lobby-1'],
  [{ kind: 'operator', id: null }, 'operator'],
  [entry.target, ''],
])('says what was changed: %j', (target, text) => {
  const columns = auditColumns({ timeZone: 'UTC', palette: createPalette(false), nameOf: undefined })
  expect(columns.at(-1)?.text({ ...entry, target })).toBe(text)
})
