import { type Author, hashSecret } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Passwords, UserStore, Users } from '../users/index.ts'
import { type ChangeNetwork, type NetworkChange, requireManaging } from './change-network.ts'
import { INVITATION_LIMITS, type Invitation, works } from './invitation.ts'
import { auditEnd, auditInviting, withdrawInvitation } from './invitation-changes.ts'
import {
  addInvitation,
  countInvitations,
  deleteExpired,
  deleteInvitation,
  findInvitation,
  loadInvitations,
} from './invitation-store.ts'
import { loadMember } from './member-store.ts'
import { joinNetwork, requireRole } from './members.ts'
import { mayGive } from './rights.ts'

/** An invitation with the secret of its link, which is shown this once. */
export interface NewInvitation {
  readonly invitation: Invitation
  readonly token: string
}

/** What of a request's context tells where somebody signs in from. */
export interface Browser {
  readonly env: { readonly remoteAddress: string }
  readonly req: { readonly raw: Request }
}

/** Invitations of people to networks, by links that work once. */
export interface Invitations {
  /** Those that have not expired, the newest first. */
  list(networkId: string): Promise<Invitation[]>
  /** Replaces an earlier one for the same e-mail address. @throws MctrackError ROLE_NOT_FOUND or CONFLICT */
  create(
    networkId: string,
    given: { readonly email: string; readonly roleId: string },
    author: Author,
  ): Promise<NewInvitation>
  /** @throws MctrackError INVITATION_NOT_FOUND */
  cancel(networkId: string, invitationId: string, author: Author): Promise<void>
  /** What a link is for. @throws MctrackError LINK_INVALID */
  look(token: string): Promise<{ readonly invitation: Invitation; readonly hasAccount: boolean }>
  /** @throws MctrackError LINK_INVALID, FORBIDDEN for another e-mail address, or CONFLICT for a member */
  accept(token: string, userId: string, author: Author): Promise<Invitation>
  /** Makes the account that accepts, and signs in. @throws MctrackError LINK_INVALID, PASSWORD_WEAK or EMAIL_TAKEN */
  acceptNew(
    token: string,
    person: { readonly name: string; readonly password: string },
    browser: Browser,
    author: Author,
  ): Promise<{ readonly invitation: Invitation; readonly cookie: string }>
  /** Removes those that have expired. */
  forget(): Promise<void>
}

export interface InvitationsDeps {
  readonly db: Postgres
  readonly changeNetwork: ChangeNetwork
  readonly users: Pick<UserStore, 'find' | 'findByEmail'>
  readonly createUser: Users['createWithin']
  readonly hashPassword: Passwords['hash']
  /** Resolves with the `Set-Cookie` of the sign-in. */
  readonly startSignIn: (
    transaction: PostgresTransaction,
    userId: string,
    browser: Browser,
    author: Author,
  ) => Promise<string>
  readonly createId: () => string
  /** 256 random bits in base64url. */
  readonly createToken: () => string
  readonly now: () => number
}

export function createInvitations(deps: InvitationsDeps): Invitations {
  const { db, changeNetwork, users, createUser, hashPassword, startSignIn, createId, createToken, now } = deps

  async function find(token: string, transaction: PostgresTransaction | Postgres = db): Promise<Invitation> {
    const invitation = await findInvitation(transaction, hashSecret(token))
    if (invitation === undefined || !works(invitation, now())) throw new MctrackError('LINK_INVALID')
    return invitation
  }

  /** Uses a link up; of two at once, the second finds nothing. */
  async function use<Result>(
    token: string,
    author: Author,
    make: (change: NetworkChange, invitation: Invitation) => Promise<Result>,
  ): Promise<Result> {
    const { networkId } = await find(token)
    return changeNetwork(networkId, author, async (change) => {
      const invitation = await find(token, change.transaction)
      if (!(await deleteInvitation(change.transaction, invitation.id))) throw new MctrackError('LINK_INVALID')
      change.note(auditEnd(invitation, 'invitation.accepted'))
      return make(change, invitation)
    })
  }

  async function join(change: NetworkChange, { networkId, role }: Invitation, userId: string): Promise<void> {
    await joinNetwork(change, { networkId, userId, role, joinedAtMs: now() })
  }

  return {
    async list(networkId) {
      const all = await loadInvitations(db, networkId)
      return all.filter(({ expiresAtMs }) => expiresAtMs > now())
    },

    create: (networkId, { email, roleId }, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const { transaction } = change
        const role = await requireRole(change, networkId, roleId)
        if (!mayGive(change.rights, role)) throw new MctrackError('FORBIDDEN', NOT_YOURS)
        const user = (await users.findByEmail(email, transaction))?.user
        if (user !== undefined && (await loadMember(transaction, networkId, user.id)) !== undefined) {
          throw new MctrackError('CONFLICT', 'The account with this e-mail address is a member of the network already.')
        }
        await deleteExpired(transaction, now(), networkId)
        await withdrawInvitation(change, networkId, email)
        if ((await countInvitations(transaction, networkId)) >= INVITATION_LIMITS.perNetworkMax) {
          throw new MctrackError('CONFLICT', `A network has at most ${INVITATION_LIMITS.perNetworkMax} invitations.`)
        }
        const token = createToken()
        const sha256 = hashSecret(token)
        const createdAtMs = now()
        const expiresAtMs = createdAtMs + INVITATION_LIMITS.lifetimeMs
        const sentBy = author.actor.kind === 'user' ? author.actor.userId : null
        await addInvitation(
          transaction,
          { id: createId(), networkId, email, role, sentBy, createdAtMs, expiresAtMs },
          sha256,
        )
        const invitation = await find(token, transaction)
        change.note(auditInviting(invitation))
        return { invitation, token }
      }),

    cancel: (networkId, invitationId, author) =>
      changeNetwork(networkId, author, async (change) => {
        requireManaging(change)
        const all = await loadInvitations(change.transaction, networkId)
        const invitation = all.find(({ id }) => id === invitationId)
        if (invitation === undefined) throw new MctrackError('INVITATION_NOT_FOUND')
        const isOwn = author.actor.kind === 'user' && author.actor.userId === invitation.sender?.userId
        if (!isOwn && !mayGive(change.rights, invitation.role)) throw new MctrackError('FORBIDDEN', NOT_YOURS)
        await deleteInvitation(change.transaction, invitationId)
        change.note(auditEnd(invitation, 'invitation.cancelled'))
      }),

    async look(token) {
      const invitation = await find(token)
      return { invitation, hasAccount: (await users.findByEmail(invitation.email)) !== undefined }
    },

    accept: (token, userId, author) =>
      use(token, author, async (change, invitation) => {
        const user = await users.find(userId, change.transaction)
        if (user?.email.toLowerCase() !== invitation.email.toLowerCase()) {
          throw new MctrackError('FORBIDDEN', `This invitation is for ${invitation.email}. Sign in with that account.`)
        }
        await join(change, invitation, userId)
        change.affects(userId)
        return invitation
      }),

    async acceptNew(token, { name, password }, browser, author) {
      // Hashed before the transaction, which would hold a connection meanwhile; and only for who holds a link.
      const { email } = await find(token)
      if ((await users.findByEmail(email)) !== undefined) throw new MctrackError('EMAIL_TAKEN', HAS_ACCOUNT)
      const passwordHash = await hashPassword(password, { email, name })
      return use(token, author, async (change, invitation) => {
        const user = await createUser(change.transaction, { email: invitation.email, name, passwordHash }, author)
        await join(change, invitation, user.id)
        return { invitation, cookie: await startSignIn(change.transaction, user.id, browser, author) }
      })
    },

    forget: () => deleteExpired(db, now()),
  }
}

const NOT_YOURS = 'You may only invite with roles that allow no more than your own; owners are invited by owners.'
const HAS_ACCOUNT = 'There is an account with this e-mail address. Sign in with it, and open the link again.'
