import type { Author, Origin } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { OneTimeLink, OneTimeLinks, Passwords, User, UserStore, Users } from '../users/index.ts'
import type { Client } from './client.ts'
import type { SignIns } from './sign-ins.ts'

/** From nobody to the first owner of the installation. */
export interface SetUp {
  /** Whether there is no owner yet. */
  isNeeded(): Promise<boolean>
  /** Makes the link; those before it do not work any more. @throws MctrackError CONFLICT when there is an owner */
  createLink(author: Author): Promise<OneTimeLink>
  /**
   * Makes the first owner, gives them every network that has none, and signs them in.
   *
   * @throws MctrackError LINK_INVALID, PASSWORD_WEAK, EMAIL_TAKEN
   */
  finish(
    asked: { readonly token: string; readonly email: string; readonly name: string; readonly password: string },
    client: Client,
    origin: Origin,
  ): Promise<{ readonly user: User; readonly cookie: string }>
}

export interface SetUpDeps {
  readonly db: Postgres
  readonly users: Users
  readonly store: Pick<UserStore, 'hasOwner' | 'lockOwners'>
  readonly links: OneTimeLinks
  readonly passwords: Passwords
  readonly signIns: SignIns
  /** Makes the user an owner of every network that has none. */
  readonly adoptNetworks: (transaction: PostgresTransaction, userId: string, author: Author) => Promise<void>
  readonly audit: Pick<AuditLog, 'write'>
}

const INSTALLATION = { networkId: null, target: { kind: 'installation', id: null }, before: null } as const

export function createSetUp(deps: SetUpDeps): SetUp {
  const { db, users, store, links, passwords, signIns, adoptNetworks, audit } = deps
  const hasOwner = async (db: Postgres): Promise<boolean> => (await store.lockOwners(db)).length > 0

  return {
    isNeeded: async () => !(await store.hasOwner()),

    createLink: (author) =>
      db.transaction().execute(async (transaction) => {
        if (await hasOwner(transaction)) {
          throw new MctrackError(
            'CONFLICT',
            'This installation is set up already. For a new password: mctrack users reset-password',
          )
        }
        const link = await links.create({ kind: 'setup' }, transaction)
        await audit.write(transaction, author, [
          { ...INSTALLATION, action: 'setup_link.created', after: { expiresAtMs: link.expiresAtMs } },
        ])
        return link
      }),

    async finish({ token, password, ...fields }, client, origin) {
      if ((await links.look(token, 'setup')) === undefined) throw new MctrackError('LINK_INVALID')
      const passwordHash = await passwords.hash(password, fields)
      return db.transaction().execute(async (transaction) => {
        // Whoever comes second finds the link used, since they wait for the first here.
        const used = await links.use(token, 'setup', transaction)
        if (used === undefined || (await hasOwner(transaction))) throw new MctrackError('LINK_INVALID')
        const author: Author = { ...origin, actor: { kind: 'unknown' } }
        const user = await users.createWithin(transaction, { ...fields, ownsInstallation: true, passwordHash }, author)
        await adoptNetworks(transaction, user.id, author)
        await audit.write(transaction, author, [
          { ...INSTALLATION, action: 'installation.set_up', after: { userId: user.id } },
        ])
        return { user, cookie: await signIns.start(transaction, user.id, client, author) }
      })
    },
  }
}
