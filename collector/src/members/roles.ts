import { type Author, isBuiltInRole, type NetworkPermission } from '../access/index.ts'
import { type AuditedChange, changedFields } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import { type ChangeNetwork, type NetworkChange, requireManaging } from './change-network.ts'
import { countInvitations, deleteExpired } from './invitation-store.ts'
import { mayGive } from './rights.ts'
import { BUILT_IN, isBuiltInName, listPermissions, ROLE_LIMITS, type Role } from './role.ts'
import { addRole, deleteRole, loadRole, loadRoleHolders, loadRoles, saveRole } from './role-store.ts'

/** A role with how many members have it. */
export interface UsedRole {
  readonly role: Role
  readonly members: number
}

export interface RoleChange {
  readonly name?: string
  readonly permissions?: readonly NetworkPermission[]
}

/** Roles of networks: those that every network has, and those that it made for itself. */
export interface Roles {
  /** Those that every network has first. */
  list(networkId: string): Promise<UsedRole[]>
  create(networkId: string, role: Required<RoleChange>, author: Author): Promise<Role>
  /** @throws MctrackError ROLE_NOT_FOUND */
  change(networkId: string, roleId: string, change: RoleChange, author: Author): Promise<UsedRole>
  /** @throws MctrackError ROLE_NOT_FOUND, or CONFLICT for a role that is in use */
  remove(networkId: string, roleId: string, author: Author): Promise<void>
}

export interface RolesDeps {
  readonly db: Postgres
  readonly changeNetwork: ChangeNetwork
  readonly createId: () => string
  readonly now: () => number
}

export function createRoles({ db, changeNetwork, createId, now }: RolesDeps): Roles {
  async function requireOwn({ transaction }: NetworkChange, networkId: string, roleId: string): Promise<Role> {
    const role = await loadRole(transaction, networkId, roleId)
    if (role === undefined) throw new MctrackError('ROLE_NOT_FOUND')
    if (isBuiltInRole(roleId)) {
      throw new MctrackError('CONFLICT', 'Every network has this role as it is. Create another one instead.')
    }
    return role
  }

  return {
    async list(networkId) {
      const [own, holders] = await Promise.all([loadRoles(db, networkId), loadRoleHolders(db, networkId)])
      return [...BUILT_IN, ...own].map((role) => ({ role, members: holders.get(role.id)?.length ?? 0 }))
    },

    create: (networkId, { name, permissions }, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const role: Role = { id: createId(), name, permissions: new Set(permissions) }
        requireGiving(change, role)
        const others = await loadRoles(change.transaction, networkId)
        if (others.length >= ROLE_LIMITS.perNetworkMax) {
          throw new MctrackError('CONFLICT', `A network has at most ${ROLE_LIMITS.perNetworkMax} roles of its own.`)
        }
        requireFreeName(name, others)
        await addRole(change.transaction, networkId, role, now())
        change.note({ ...of(networkId, role), action: 'role.created', before: null, after: told(role) })
        return role
      }),

    change: (networkId, roleId, { name, permissions }, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const before = await requireOwn(change, networkId, roleId)
        const after: Role = {
          ...before,
          ...(name === undefined ? {} : { name }),
          ...(permissions === undefined ? {} : { permissions: new Set(permissions) }),
        }
        requireGiving(change, before, after)
        const others = (await loadRoles(change.transaction, networkId)).filter(({ id }) => id !== roleId)
        requireFreeName(after.name, others)
        const holders = (await loadRoleHolders(change.transaction, networkId)).get(roleId) ?? []
        const changed = changedFields(told(before), told(after))
        if (changed === undefined) return { role: before, members: holders.length }
        await saveRole(change.transaction, after)
        if (changed.after['permissions'] !== undefined) change.affects(...holders)
        change.note({ ...of(networkId, after), action: 'role.changed', ...changed })
        return { role: after, members: holders.length }
      }),

    remove: (networkId, roleId, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const role = await requireOwn(change, networkId, roleId)
        requireGiving(change, role)
        await deleteExpired(change.transaction, now(), networkId)
        const members = (await loadRoleHolders(change.transaction, networkId)).get(roleId)?.length ?? 0
        const invitations = await countInvitations(change.transaction, networkId, roleId)
        if (members + invitations > 0) throw new MctrackError('CONFLICT', describeUse(members, invitations))
        await deleteRole(change.transaction, roleId)
        change.note({ ...of(networkId, role), action: 'role.deleted', before: told(role), after: null })
      }),
  }
}

function requireGiving({ rights }: NetworkChange, ...roles: readonly Role[]): void {
  if (roles.every((role) => mayGive(rights, role))) return
  throw new MctrackError('FORBIDDEN', 'You may only make, change and remove roles that allow no more than your own.')
}

function requireFreeName(name: string, others: readonly Role[]): void {
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase())
  if (isTaken || isBuiltInName(name)) throw new MctrackError('CONFLICT', 'Another role of this network has this name.')
}

function describeUse(members: number, invitations: number): string {
  const uses = [
    ...(members === 0 ? [] : [members === 1 ? '1 member has it' : `${members} members have it`]),
    ...(invitations === 0 ? [] : [invitations === 1 ? '1 invitation gives it' : `${invitations} invitations give it`]),
  ]
  return `This role is in use: ${uses.join(', and ')}. Give them another one first.`
}

function of(networkId: string, { id }: Role): Pick<AuditedChange, 'networkId' | 'target'> {
  return { networkId, target: { kind: 'role', id } }
}

function told({ name, permissions }: Role) {
  return { name, permissions: listPermissions(permissions).join(', ') }
}
