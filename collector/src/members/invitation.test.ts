import { expect, it } from 'vitest'
import { type Invitation, type Sender, works } from './invitation.ts'
import { builtInRole } from './role.ts'

const NOW_MS = 1_763_680_000_000
const invitation = (fields: Partial<Invitation>): Invitation => ({
  id: '',
  networkId: '',
  networkName: 'Example',
  email: 'kim@example.net',
  role: builtInRole('admin'),
  sender: null,
  createdAtMs: NOW_MS - 1,
  expiresAtMs: NOW_MS + 1,
  ...fields,
})
const sender = (fields: Partial<Sender>): Partial<Invitation> => ({
  sender: { userId: '', name: 'Alex', isDisabled: false, role: builtInRole('admin'), ...fields },
})

it.each([
  ['by the operator', {}, true],
  ['by the operator, of the past', { expiresAtMs: NOW_MS }, false],
  ['by who may send it', sender({}), true],
  ['by who may send it, of the past', { ...sender({}), expiresAtMs: NOW_MS }, false],
  ['by who is disabled', sender({ isDisabled: true }), false],
  ['by who is no member any more', sender({ role: undefined }), false],
  ['by who may do less now', sender({ role: builtInRole('analyst') }), false],
  ['to own the network, by an owner', { ...sender({ role: builtInRole('owner') }), role: builtInRole('owner') }, true],
  ['to own the network, by who is owner no longer', { ...sender({}), role: builtInRole('owner') }, false],
])('an invitation %s: %j works: %s', (_, fields, expected) => {
  expect(works(invitation(fields), NOW_MS)).toBe(expected)
})
