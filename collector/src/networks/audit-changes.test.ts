import { expect, it } from 'vitest'
import { auditChange, auditCreation } from './audit-changes.ts'
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
}
const of = { networkId: network.id, target: { kind: 'network', id: network.id } }

it('tells a new network with its settings', () => {
  const after = { name: 'Example', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000 }
  expect(auditCreation(network)).toEqual({ ...of, action: 'network.created', before: null, after })
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
