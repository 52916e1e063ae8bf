import { expect, it } from 'vitest'
import type { Network } from '../networks/index.ts'
import { DELETION_WAIT_MS, takeBack, waitForDeletion } from './network-deletion.ts'

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
const archived = { ...network, archivedAtMs: 5 }

it('archives what is to be deleted, and waits seven days from the first request on', () => {
  const waiting = waitForDeletion(network, 1_000)
  expect(waiting).toEqual({ ...network, archivedAtMs: 1_000, deleteAtMs: 1_000 + DELETION_WAIT_MS })
  expect(waitForDeletion(waiting, 2_000)).toBe(waiting)
})

it.each([
  ['restores what it archived', network],
  ['leaves archived what was archived before', archived],
])('taken back, %s', (_, before) => {
  expect(takeBack(waitForDeletion(before, 1_000), 2_000)).toEqual(before)
  expect(takeBack(before, 2_000)).toBe(before)
})

it('cannot be taken back once it is due', () => {
  const waiting = waitForDeletion(network, 1_000)
  expect(() => takeBack(waiting, 1_000 + DELETION_WAIT_MS)).toThrow(expect.objectContaining({ code: 'CONFLICT' }))
})
