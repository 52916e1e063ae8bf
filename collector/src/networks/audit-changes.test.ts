import { expect, it } from 'vitest'
import { auditChange, auditCreation, auditRemoval } from './audit-changes.ts'
import type { Network } from './network.ts'

const network: Network = {
  id: '019aa000-0000-7000-8000-000000000000',
  name: 'Example',
  timeZone: 'UTC',
  currency: 'EUR',
  resumeWindowMs: 30_000,
  createdAtMs: 1,
  archivedAtMs: null,
  deleteAtMs: null,
  dataRetentionDays: null,
  dataRetentionFromMs: null,
  dataRemovedBeforeMs: null,
  isDemo: false,
}
const of = { networkId: network.id, target: { kind: 'network', id: network.id } }

it('tells a new network with its settings', () => {
  const after = { name: 'Example', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000 }
  expect(auditCreation(network)).toEqual({ ...of, action: 'network.created', before: null, after })
})

it('tells a demo network as one', () => {
  const demo = { ...network, isDemo: true }
  expect(auditCreation(demo).after).toMatchObject({ isDemo: true })
  expect(auditRemoval(demo).before).toMatchObject({ isDemo: true })
})

it('tells what differs, and nothing when nothing does', () => {
  expect(auditChange(network, { ...network, name: 'Other', currency: 'USD' })).toEqual([
    {
      ...of,
      action: 'network.changed',
      before: { name: 'Example', currency: 'EUR' },
      after: { name: 'Other', currency: 'USD' },
    },
  ])
  expect(auditChange(network, { ...network })).toEqual([])
})

it('tells the data retention with its time, and that it is over', () => {
  const kept = { ...network, dataRetentionDays: 90, dataRetentionFromMs: 7 }
  const set = { dataRetentionDays: 90, dataRetentionFromMs: 7 }
  const none = { dataRetentionDays: null, dataRetentionFromMs: null }
  expect(auditChange(network, kept)).toEqual([{ ...of, action: 'network.changed', before: none, after: set }])
  expect(auditChange(kept, network)).toEqual([{ ...of, action: 'network.changed', before: set, after: none }])
  expect(auditChange(kept, { ...kept, dataRemovedBeforeMs: 5 })).toEqual([])
  expect(auditRemoval(kept).before).toMatchObject(set)
})

it('tells archiving and restoring apart from settings', () => {
  const archived = { ...network, archivedAtMs: 5 }
  expect(auditChange(network, archived)).toEqual([
    { ...of, action: 'network.archived', before: { archivedAtMs: null }, after: { archivedAtMs: 5 } },
  ])
  expect(auditChange(archived, { ...network, name: 'Back' }).map(({ action }) => action)).toEqual([
    'network.changed',
    'network.restored',
  ])
})

it('tells a deletion with the archiving that comes with it as one step, and so its end', () => {
  const waiting = { ...network, archivedAtMs: 5, deleteAtMs: 9 }
  const none = { archivedAtMs: null, deleteAtMs: null }
  const fields = { archivedAtMs: 5, deleteAtMs: 9 }
  expect(auditChange(network, waiting)).toEqual([
    { ...of, action: 'network.deletion_requested', before: none, after: fields },
  ])
  expect(auditChange(waiting, network)).toEqual([
    { ...of, action: 'network.deletion_cancelled', before: fields, after: none },
  ])
  expect(auditChange(waiting, { ...waiting, deleteAtMs: null })).toEqual([
    { ...of, action: 'network.deletion_cancelled', before: { deleteAtMs: 9 }, after: { deleteAtMs: null } },
  ])
  const before = { name: 'Example', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000 }
  expect(auditRemoval(waiting)).toEqual({ ...of, action: 'network.deleted', before, after: null })
})
