import { expect, it } from 'vitest'
import { type Author, NETWORK_PERMISSIONS, type NetworkPermission, type PersonCredential } from '../access/index.ts'
import { mayGive, mayInvite, rightsOf } from './rights.ts'
import { BUILT_IN, builtInRole, type Role } from './role.ts'

const NETWORK = '019aa000-0000-7000-8000-000000000001'
const OTHER = '019aa000-0000-7000-8000-000000000002'

const person = (credential: PersonCredential = { kind: 'session', sessionId: '' }): Author['actor'] => ({
  kind: 'user',
  userId: 'someone',
  ownsInstallation: true,
  // As the request found it, and no longer true.
  grants: new Map([[NETWORK, new Set(NETWORK_PERMISSIONS)]]),
  credential,
})
const token = (permissions: readonly NetworkPermission[], networkId: string | null = null) =>
  person({ kind: 'token', tokenId: '', permissions: new Set(permissions), networkId })
const role = (...permissions: readonly NetworkPermission[]): Role => ({
  id: OTHER,
  name: 'Own',
  permissions: new Set(permissions),
})
const given = (actor: Author['actor'], own: Role | undefined) =>
  BUILT_IN.filter((built) => mayInvite(rightsOf(actor, own, NETWORK), built)).map(({ id }) => id)

it.each([
  ['the operator', { kind: 'operator' } as const, undefined, ['owner', 'admin', 'analyst', 'viewer']],
  ['an owner', person(), builtInRole('owner'), ['owner', 'admin', 'analyst', 'viewer']],
  ['an admin', person(), builtInRole('admin'), ['admin', 'analyst', 'viewer']],
  ['who may do everything without being owner', person(), role(...NETWORK_PERMISSIONS), ['admin', 'analyst', 'viewer']],
  ['an analyst', person(), builtInRole('analyst'), []],
  [
    'who manages members and sees players',
    person(),
    role('network.view', 'players.view', 'members.manage'),
    ['viewer'],
  ],
  ['who manages members alone', person(), role('network.view', 'members.manage'), []],
  ['who is no member', person(), undefined, []],
  ['who is not known', { kind: 'unknown' } as const, undefined, []],
  [
    'a token of an owner for all of it',
    token(NETWORK_PERMISSIONS),
    builtInRole('owner'),
    ['owner', 'admin', 'analyst', 'viewer'],
  ],
  [
    'a token of an owner for less',
    token(['network.view', 'players.view', 'members.manage']),
    builtInRole('owner'),
    ['viewer'],
  ],
  ['a token of an owner for another network', token(NETWORK_PERMISSIONS, OTHER), builtInRole('owner'), []],
])('%s invites as what they may do themselves', (_, actor, own, expected) => {
  expect(given(actor, own)).toEqual(expected)
})

it('a role of a network is given by whoever has all of it', () => {
  const admin = rightsOf(person(), builtInRole('admin'), NETWORK)
  expect(mayGive(admin, role('network.view', 'audit.view'))).toBe(true)
  expect(mayGive(admin, role('network.view', 'network.delete'))).toBe(false)
})
