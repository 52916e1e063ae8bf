import { sql } from 'kysely'
import type { Postgres } from '../platform/postgres/client.ts'
import type { UsersTable } from '../platform/postgres/tables.ts'
import type { User } from './user.ts'

/** A user with what is needed to check a password. */
export interface UserWithPassword {
  readonly user: User
  /** Undefined for somebody who has not chosen a password yet. */
  readonly hash: string | undefined
}

/** @param db a transaction, where what is read must stay as it is (`lock`) or be written with other things */
export interface UserStore {
  list(): Promise<User[]>
  find(id: string, db?: Postgres): Promise<User | undefined>
  /** As `find`; others who want to change the user wait until the transaction ends. */
  lock(id: string, transaction: Postgres): Promise<User | undefined>
  findByEmail(email: string, db?: Postgres): Promise<UserWithPassword | undefined>
  findWithPassword(id: string, db?: Postgres): Promise<UserWithPassword | undefined>
  /** Throws PostgreSQL's unique_violation when another account has the e-mail address. */
  add(user: User, transaction: Postgres): Promise<void>
  change(id: string, fields: UserFields, transaction: Postgres): Promise<void>
  setPassword(id: string, hash: string, atMs: number, db?: Postgres): Promise<void>
  hasOwner(): Promise<boolean>
  /** Owners of the installation who may sign in, locked until the transaction ends. */
  lockOwners(transaction: Postgres): Promise<User[]>
}

/** What can change of a user. */
export type UserFields = Partial<
  Pick<User, 'email' | 'name' | 'ownsInstallation' | 'disabledAtMs' | 'deleteAtMs' | 'lastSignedInAtMs'>
>

/** Users in PostgreSQL. */
export function createUserStore(database: Postgres): UserStore {
  const ownersOf = (db: Postgres) =>
    db
      .selectFrom('users')
      .selectAll()
      .where('owns_installation', '=', true)
      .where('disabled_at_ms', 'is', null)
      .where('delete_at_ms', 'is', null)
  const withPassword = (db: Postgres) =>
    db.selectFrom('users').leftJoin('passwords', 'passwords.user_id', 'users.id').selectAll('users').select('hash')

  return {
    async list() {
      const rows = await database.selectFrom('users').selectAll().orderBy('created_at_ms').orderBy('id').execute()
      return rows.map(toUser)
    },

    async find(id, db = database) {
      const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : toUser(row)
    },

    async lock(id, transaction) {
      const row = await transaction.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      return row === undefined ? undefined : toUser(row)
    },

    async findByEmail(email, db = database) {
      const row = await withPassword(db)
        .where(sql<string>`lower(users.email)`, '=', sql<string>`lower(${email.trim()})`)
        .executeTakeFirst()
      return row === undefined ? undefined : { user: toUser(row), hash: row.hash ?? undefined }
    },

    async findWithPassword(id, db = database) {
      const row = await withPassword(db).where('users.id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : { user: toUser(row), hash: row.hash ?? undefined }
    },

    async add(user, transaction) {
      await transaction.insertInto('users').values(toRow(user)).execute()
    },

    async change(id, fields, transaction) {
      const row = toColumns(fields)
      if (Object.keys(row).length === 0) return
      await transaction.updateTable('users').set(row).where('id', '=', id).execute()
    },

    async setPassword(id, hash, atMs, db = database) {
      await db
        .insertInto('passwords')
        .values({ user_id: id, hash, changed_at_ms: atMs })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ hash, changed_at_ms: atMs }))
        .execute()
    },

    async hasOwner() {
      return (await ownersOf(database).limit(1).executeTakeFirst()) !== undefined
    },

    async lockOwners(transaction) {
      const rows = await ownersOf(transaction).orderBy('id').forUpdate().execute()
      return rows.map(toUser)
    },
  }
}

/** @param row columns of `users`, whatever else was selected with them */
export function toUser(row: UsersTable): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    ownsInstallation: row.owns_installation,
    createdAtMs: row.created_at_ms,
    lastSignedInAtMs: row.last_signed_in_at_ms,
    disabledAtMs: row.disabled_at_ms,
    deleteAtMs: row.delete_at_ms,
  }
}

function toRow(user: User): UsersTable {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    owns_installation: user.ownsInstallation,
    created_at_ms: user.createdAtMs,
    last_signed_in_at_ms: user.lastSignedInAtMs,
    disabled_at_ms: user.disabledAtMs,
    delete_at_ms: user.deleteAtMs,
  }
}

function toColumns(fields: UserFields): Partial<UsersTable> {
  const { email, name, ownsInstallation, disabledAtMs, deleteAtMs, lastSignedInAtMs } = fields
  return {
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(ownsInstallation === undefined ? {} : { owns_installation: ownsInstallation }),
    ...(disabledAtMs === undefined ? {} : { disabled_at_ms: disabledAtMs }),
    ...(deleteAtMs === undefined ? {} : { delete_at_ms: deleteAtMs }),
    ...(lastSignedInAtMs === undefined ? {} : { last_signed_in_at_ms: lastSignedInAtMs }),
  }
}
