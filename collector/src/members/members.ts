import type { Author } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import type { UserStore } from '../users/index.ts'
import { type ChangeNetwork, type NetworkChange, requireManaging } from './change-network.ts'
import { withdrawInvitation } from './invitation-changes.ts'
import { auditJoining, auditLeaving, auditRoleChange, MEMBER_LIMITS, type Member } from './member.ts'
import {
  addMember,
  countMembers,
  deleteMember,
  loadMember,
  loadMembers,
  loadOwners,
  saveMemberRole,
} from './member-store.ts'
import { mayGive } from './rights.ts'
import { builtInRole, type Role } from './role.ts'
import { loadRole } from './role-store.ts'

/** Who is a member of which network, and as what. Whatever is done here, a network that has an owner keeps one. */
export interface Members {
  list(networkId: string): Promise<Member[]>
  /** Makes somebody with an account a member at once. @throws MctrackError USER_NOT_FOUND, ROLE_NOT_FOUND or CONFLICT */
  add(networkId: string, given: { readonly email: string; readonly roleId: string }, author: Author): Promise<Member>
  /** @throws MctrackError MEMBER_NOT_FOUND, ROLE_NOT_FOUND or OWNER_NEEDED */
  setRole(networkId: string, userId: string, roleId: string, author: Author): Promise<Member>
  /** @throws MctrackError MEMBER_NOT_FOUND or OWNER_NEEDED */
  remove(networkId: string, userId: string, author: Author): Promise<void>
  /** Whoever asks goes. @throws MctrackError OWNER_NEEDED */
  leave(networkId: string, author: Author): Promise<void>
  /**
   * Makes a member owner, and the owner who gives that up an admin.
   *
   * @param fromUserId the owner who gives it up; whoever asks when undefined, and for the operator the only owner
   */
  transfer(networkId: string, userId: string, fromUserId: string | undefined, author: Author): Promise<Member>
}

export interface MembersDeps {
  readonly db: Postgres
  readonly changeNetwork: ChangeNetwork
  readonly users: Pick<UserStore, 'findByEmail'>
  readonly now: () => number
}

export function createMembers({ db, changeNetwork, users, now }: MembersDeps): Members {
  async function go(change: NetworkChange, member: Member, author: Author): Promise<void> {
    const { transaction } = change
    await requireOtherOwner(change, member)
    await deleteMember(transaction, member)
    change.affects(member.userId)
    change.note(auditLeaving(member, author.actor.kind === 'user' && author.actor.userId === member.userId))
  }

  return {
    list: (networkId) => loadMembers(db, networkId),

    add: (networkId, { email, roleId }, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const { transaction } = change
        const role = await requireRole(change, networkId, roleId)
        requireGiving(change, role)
        const user = (await users.findByEmail(email, transaction))?.user
        if (user === undefined) throw new MctrackError('USER_NOT_FOUND')
        await joinNetwork(change, { networkId, userId: user.id, role, joinedAtMs: now() })
        change.affects(user.id)
        await withdrawInvitation(change, networkId, user.email)
        return requireMember(change, networkId, user.id)
      }),

    setRole: (networkId, userId, roleId, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const member = await requireMember(change, networkId, userId)
        const role = await requireRole(change, networkId, roleId)
        requireGiving(change, member.role, role)
        if (role.id === member.role.id) return member
        await requireOtherOwner(change, member)
        return giveRole(change, member, role)
      }),

    remove: (networkId, userId, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const member = await requireMember(change, networkId, userId)
        requireGiving(change, member.role)
        await go(change, member, author)
      }),

    leave: (networkId, author) =>
      changeNetwork(networkId, author, async (change) => {
        const userId = author.actor.kind === 'user' ? author.actor.userId : undefined
        if (userId === undefined) throw new MctrackError('MEMBER_NOT_FOUND')
        await go(change, await requireMember(change, networkId, userId), author)
      }),

    transfer: (networkId, userId, fromUserId, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        requireGiving(change, builtInRole('owner'))
        const from = await findGiver(change, networkId, fromUserId ?? askerOf(author))
        const to = await requireMember(change, networkId, userId)
        if (to.role.id === 'owner') throw new MctrackError('CONFLICT', `${to.name} is an owner already.`)
        const owner = await giveRole(change, to, builtInRole('owner'))
        await requireOtherOwner(change, from)
        await giveRole(change, from, builtInRole('admin'))
        change.note({
          action: 'network.transferred',
          networkId,
          target: { kind: 'network', id: networkId },
          before: { ownerId: from.userId },
          after: { ownerId: to.userId },
        })
        return owner
      }),
  }
}

/** Makes somebody a member, with the entry of it. @throws MctrackError CONFLICT */
export async function joinNetwork(
  change: NetworkChange,
  member: { readonly networkId: string; readonly userId: string; readonly role: Role; readonly joinedAtMs: number },
): Promise<void> {
  const { networkId, userId, role, joinedAtMs } = member
  if ((await loadMember(change.transaction, networkId, userId)) !== undefined) {
    throw new MctrackError('CONFLICT', 'This account is a member of the network already.')
  }
  if ((await countMembers(change.transaction, networkId)) >= MEMBER_LIMITS.perNetworkMax) {
    throw new MctrackError('CONFLICT', `A network has at most ${MEMBER_LIMITS.perNetworkMax} members.`)
  }
  await addMember(change.transaction, { networkId, userId, roleId: role.id, joinedAtMs })
  change.note(auditJoining(networkId, userId, role))
}

async function giveRole(change: NetworkChange, member: Member, role: Role): Promise<Member> {
  await saveMemberRole(change.transaction, member, role)
  change.affects(member.userId)
  change.note(auditRoleChange(member, role))
  return { ...member, role }
}

async function requireMember({ transaction }: NetworkChange, networkId: string, userId: string): Promise<Member> {
  const member = await loadMember(transaction, networkId, userId)
  if (member === undefined) throw new MctrackError('MEMBER_NOT_FOUND')
  return member
}

/** @throws MctrackError ROLE_NOT_FOUND */
export async function requireRole({ transaction }: NetworkChange, networkId: string, roleId: string): Promise<Role> {
  const role = await loadRole(transaction, networkId, roleId)
  if (role === undefined) throw new MctrackError('ROLE_NOT_FOUND')
  return role
}

function requireGiving({ rights }: NetworkChange, ...roles: readonly Role[]): void {
  if (roles.every((role) => mayGive(rights, role))) return
  const sentence = roles.some(({ id }) => id === 'owner')
    ? 'Only owners make owners, change them and remove them.'
    : 'You may only give and take roles that allow no more than your own.'
  throw new MctrackError('FORBIDDEN', sentence)
}

/** Before an owner becomes none. @throws MctrackError OWNER_NEEDED */
async function requireOtherOwner({ transaction }: NetworkChange, { networkId, userId, role }: Member): Promise<void> {
  if (role.id !== 'owner') return
  const owners = await loadOwners(transaction, networkId)
  if (!owners.some((owner) => owner.userId !== userId)) {
    throw new MctrackError('OWNER_NEEDED', 'The network must keep an owner. Make somebody else one first.')
  }
}

function askerOf({ actor }: Author): string | undefined {
  return actor.kind === 'user' ? actor.userId : undefined
}

async function findGiver(change: NetworkChange, networkId: string, userId: string | undefined): Promise<Member> {
  const owners = (await loadMembers(change.transaction, networkId)).filter(({ role }) => role.id === 'owner')
  const [owner, second] = owners.filter((owner) => userId === undefined || owner.userId === userId)
  if (owner === undefined) throw new MctrackError('CONFLICT', 'There is no such owner of this network.')
  if (second !== undefined) {
    throw new MctrackError('CONFLICT', 'This network has several owners. Say which of them gives the ownership up.')
  }
  return owner
}
