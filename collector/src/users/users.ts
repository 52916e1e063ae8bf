import type { Author } from '../access/index.ts'
import { type AuditedChange, type AuditLog, changedFields } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { cutOff, type KeptSignIn } from './cut-off.ts'
import { maskEmail } from './mask-email.ts'
import type { OneTimeLink, OneTimeLinks } from './one-time-links.ts'
import type { Passwords } from './passwords.ts'
import type { User } from './user.ts'
import type { UserFields, UserStore } from './user-store.ts'

export interface NewUser {
  readonly email: string
  readonly name: string
  readonly ownsInstallation?: boolean
  /** Undefined for somebody who will choose one by a link. */
  readonly passwordHash?: string
}

/** What can be changed of a user by others, or by themselves. */
export interface UserChange {
  readonly email?: string
  readonly name?: string
  readonly ownsInstallation?: boolean
  readonly disabled?: boolean
}

/** Accounts: who is there, and what operators do with them. */
export interface Users {
  list(): Promise<User[]>
  /** @throws MctrackError EMAIL_TAKEN */
  create(user: NewUser, author: Author): Promise<User>
  /** As `create`, as a part of something larger. */
  createWithin(transaction: PostgresTransaction, user: NewUser, author: Author): Promise<User>
  /** @throws MctrackError USER_NOT_FOUND, EMAIL_TAKEN, or OWNER_NEEDED when no owner of the installation or of a network would be left */
  change(id: string, change: UserChange, author: Author): Promise<User>
  /** A link to choose a password. Nothing else changes until it is used. */
  createPasswordLink(id: string, author: Author): Promise<OneTimeLink>
  /** Replaces the password and cuts off all that was signed in before, except `keep`. */
  setPassword(id: string, password: string, author: Author, keep?: KeptSignIn): Promise<void>
  /** Chooses a password by a link. @throws MctrackError LINK_INVALID or PASSWORD_WEAK */
  choosePassword(token: string, password: string, author: Author): Promise<void>
  /** Whose password a link is for. @throws MctrackError LINK_INVALID */
  lookAtPasswordLink(token: string): Promise<User>
}

export interface UsersDeps {
  readonly db: Postgres
  readonly store: UserStore
  readonly passwords: Passwords
  readonly links: OneTimeLinks
  readonly audit: Pick<AuditLog, 'write'>
  /** Throws OWNER_NEEDED when a network would have no owner without them. */
  readonly requireOtherOwners: (transaction: PostgresTransaction, userId: string) => Promise<void>
  readonly createId: () => string
  readonly now: () => number
  /** Told after somebody may do less than before, or is signed out. */
  readonly onRightsChanged: () => void
}

export function createUsers(deps: UsersDeps): Users {
  const { db, store, passwords, links, audit, requireOtherOwners, createId, now, onRightsChanged } = deps

  async function createWithin(
    transaction: PostgresTransaction,
    { email, name, ownsInstallation = false, passwordHash }: NewUser,
    author: Author,
  ): Promise<User> {
    const user: User = {
      id: createId(),
      email,
      name,
      ownsInstallation,
      createdAtMs: now(),
      lastSignedInAtMs: null,
      disabledAtMs: null,
      deleteAtMs: null,
    }
    await store.add(user, transaction).catch(toEmailTaken)
    if (passwordHash !== undefined) await store.setPassword(user.id, passwordHash, now(), transaction)
    await audit.write(transaction, author, [
      { ...of(user.id), action: 'user.created', before: null, after: told(user) },
    ])
    return user
  }

  async function lock(id: string, transaction: PostgresTransaction): Promise<User> {
    const user = await store.lock(id, transaction)
    if (user === undefined) throw new MctrackError('USER_NOT_FOUND')
    return user
  }

  async function requireOtherOwner(id: string, transaction: PostgresTransaction): Promise<void> {
    const owners = await store.lockOwners(transaction)
    if (owners.some((owner) => owner.id !== id)) return
    throw new MctrackError('OWNER_NEEDED', 'The installation must keep an owner. Make somebody else one first.')
  }

  async function replacePassword(
    transaction: PostgresTransaction,
    user: User,
    hash: string,
    author: Author,
    keep?: KeptSignIn,
  ): Promise<void> {
    const atMs = now()
    await store.setPassword(user.id, hash, atMs, transaction)
    await cutOff(transaction, user.id, { atMs, ...(keep === undefined ? {} : { keep }) })
    await audit.write(transaction, author, [
      { ...of(user.id), action: 'password.changed', before: null, after: { changedAtMs: atMs } },
    ])
  }

  return {
    list: store.list,
    create: (user, author) => db.transaction().execute((transaction) => createWithin(transaction, user, author)),
    createWithin,

    async change(id, { disabled, ...fields }, author) {
      const changed = await db.transaction().execute(async (transaction) => {
        // Networks, then owners of the installation, then the user: two who take it from each other must not wait in a circle.
        if (disabled === true) await requireOtherOwners(transaction, id)
        if (disabled === true || fields.ownsInstallation === false) await store.lockOwners(transaction)
        const before = await lock(id, transaction)
        const losesOwner = before.ownsInstallation && (disabled === true || fields.ownsInstallation === false)
        if (losesOwner) await requireOtherOwner(id, transaction)
        const disabledAtMs =
          disabled === undefined ? before.disabledAtMs : disabled ? (before.disabledAtMs ?? now()) : null
        const after: User = { ...before, ...fields, disabledAtMs }
        const changes = describeChange(before, after)
        if (changes.length === 0) return before
        await store.change(id, changeable(after), transaction).catch(toEmailTaken)
        if (before.disabledAtMs === null && disabledAtMs !== null) await cutOff(transaction, id, { atMs: now() })
        if (before.ownsInstallation !== after.ownsInstallation) await renewSignIns(transaction, id)
        await audit.write(transaction, author, changes)
        return after
      })
      onRightsChanged()
      return changed
    },

    createPasswordLink: (id, author) =>
      db.transaction().execute(async (transaction) => {
        const user = await lock(id, transaction)
        if (user.disabledAtMs !== null) {
          throw new MctrackError('CONFLICT', 'This account is disabled. Enable it first.')
        }
        const link = await links.create({ kind: 'password', userId: id }, transaction)
        await audit.write(transaction, author, [
          { ...of(id), action: 'password_link.created', before: null, after: { expiresAtMs: link.expiresAtMs } },
        ])
        return link
      }),

    async setPassword(id, password, author, keep) {
      const user = await store.find(id)
      if (user === undefined) throw new MctrackError('USER_NOT_FOUND')
      const hash = await passwords.hash(password, user)
      await db.transaction().execute(async (transaction) => {
        await replacePassword(transaction, await lock(id, transaction), hash, author, keep)
      })
      onRightsChanged()
    },

    async choosePassword(token, password, author) {
      // Hashed before the transaction, which would hold a connection meanwhile.
      const purpose = await links.look(token, 'password')
      const user = purpose?.kind === 'password' ? await store.find(purpose.userId) : undefined
      if (user === undefined) throw new MctrackError('LINK_INVALID')
      const hash = await passwords.hash(password, user)
      await db.transaction().execute(async (transaction) => {
        const used = await links.use(token, 'password', transaction)
        if (used?.kind !== 'password') throw new MctrackError('LINK_INVALID')
        await replacePassword(transaction, await lock(used.userId, transaction), hash, author)
      })
      onRightsChanged()
    },

    async lookAtPasswordLink(token) {
      const purpose = await links.look(token, 'password')
      const user = purpose?.kind === 'password' ? await store.find(purpose.userId) : undefined
      if (user === undefined) throw new MctrackError('LINK_INVALID')
      return user
    },
  }
}

/** What somebody may do has changed: their sign-ins go on with other secrets. */
async function renewSignIns(transaction: PostgresTransaction, userId: string): Promise<void> {
  await transaction
    .updateTable('sign_in_sessions')
    .set({ is_to_be_renewed: true })
    .where('user_id', '=', userId)
    .execute()
}

function changeable({ email, name, ownsInstallation, disabledAtMs }: User): UserFields {
  return { email, name, ownsInstallation, disabledAtMs }
}

function of(userId: string) {
  return { networkId: null, target: { kind: 'user', id: userId } } as const
}

function told({ email, name, ownsInstallation }: User) {
  return { email: maskEmail(email), name, ownsInstallation }
}

function describeChange(before: User, after: User): AuditedChange[] {
  const fields = changedFields(told(before), told(after))
  // Two addresses can look alike when they are masked.
  const email = before.email === after.email ? undefined : { email: maskEmail(after.email) }
  const disabled = changedFields({ disabledAtMs: before.disabledAtMs }, { disabledAtMs: after.disabledAtMs })
  const action = after.disabledAtMs === null ? 'user.enabled' : 'user.disabled'
  return [
    ...(fields === undefined && email === undefined
      ? []
      : [
          {
            ...of(after.id),
            action: 'user.changed' as const,
            before: { ...fields?.before, ...(email === undefined ? {} : { email: maskEmail(before.email) }) },
            after: { ...fields?.after, ...email },
          },
        ]),
    ...(disabled === undefined ? [] : [{ ...of(after.id), action, ...disabled } as const]),
  ]
}

const UNIQUE_VIOLATION = '23505'

function toEmailTaken(error: unknown): never {
  const isTaken = error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
  throw isTaken ? new MctrackError('EMAIL_TAKEN') : error
}
