import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createAuditLog, createAuditStore } from '../src/audit/index.ts'
import { createFounding, requireOtherOwners } from '../src/members/index.ts'
import { createLog } from '../src/platform/log.ts'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { connectPostgres, type PostgresConnection, type PostgresTransaction } from '../src/platform/postgres/client.ts'
import { createTestDatabases, type TestDatabases, until } from './support/index.ts'

const log = createLog({ level: 'silent', format: 'json' })
const AUTHOR = { actor: { kind: 'operator' }, address: null, requestId: randomUUID() } as const
let databases: TestDatabases
let postgres: PostgresConnection
beforeAll(async () => {
  databases = await createTestDatabases()
  postgres = connectPostgres(databases.postgresUrl, log)
  await migrate(postgres.migrations, readMigrations('postgres'), log)
})
afterAll(async () => {
  await postgres?.close()
  await databases?.drop()
})
beforeEach(async () => {
  await postgres.db.deleteFrom('networks').execute()
  await postgres.db.deleteFrom('users').execute()
})

function setUp() {
  const { db } = postgres
  const audit = createAuditLog({ db, store: createAuditStore(db), createId: randomUUID, now: Date.now, log })
  const founding = createFounding({ audit, now: Date.now })
  async function addNetwork(transaction: PostgresTransaction, name = 'Test'): Promise<string> {
    const id = randomUUID()
    const settings = { name, time_zone: 'UTC', currency: 'EUR', resume_window_ms: 30_000 }
    const times = { created_at_ms: 1, archived_at_ms: null, delete_at_ms: null }
    await transaction
      .insertInto('networks')
      .values({ id, ...settings, ...times })
      .execute()
    await founding.found(transaction, id, AUTHOR)
    return id
  }
  async function addUser(transaction: PostgresTransaction, isDisabled = false): Promise<string> {
    const id = randomUUID()
    const user = { id, email: `${id}@example.net`, name: 'Olga', owns_installation: true, created_at_ms: 1 }
    const disabled_at_ms = isDisabled ? 1 : null
    await transaction
      .insertInto('users')
      .values({ ...user, last_signed_in_at_ms: null, disabled_at_ms, delete_at_ms: null })
      .execute()
    return id
  }
  async function addFirstOwner(transaction: PostgresTransaction): Promise<string> {
    const id = await addUser(transaction)
    await founding.adoptNetworks(transaction, id, AUTHOR)
    return id
  }
  const inOne = <Result>(work: (transaction: PostgresTransaction) => Promise<Result>) => db.transaction().execute(work)
  const owners = async () => {
    const rows = await db.selectFrom('members').select(['network_id', 'user_id']).execute()
    return rows.map(({ network_id, user_id }) => [network_id, user_id])
  }
  const waiting = () =>
    sql`SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
      WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted`.execute(db)
  /** Begins one, and the other before the first has ended. */
  async function overlap(
    first: (transaction: PostgresTransaction) => Promise<string>,
    second: (transaction: PostgresTransaction) => Promise<string>,
  ): Promise<readonly [string, string]> {
    let other: Promise<string> | undefined
    const id = await inOne(async (transaction) => {
      const made = await first(transaction)
      other = inOne(second)
      await until(waiting, ({ rows }) => rows.length === 1)
      return made
    })
    return [id, (await other) ?? '']
  }
  return { inOne, addNetwork, addUser, addFirstOwner, owners, overlap }
}

it('a network that is made while the first owner is belongs to them, whichever comes first', async () => {
  const { addNetwork, addFirstOwner, owners, overlap } = setUp()
  const [networkId, userId] = await overlap(addNetwork, addFirstOwner)
  expect(await owners()).toEqual([[networkId, userId]])
  const [otherUserId, otherNetworkId] = await overlap(addFirstOwner, addNetwork)
  // What had an owner keeps that one alone; what is new belongs to all who own the installation.
  expect(await owners()).toEqual(
    expect.arrayContaining([
      [networkId, userId],
      [otherNetworkId, userId],
      [otherNetworkId, otherUserId],
    ]),
  )
  expect(await owners()).toHaveLength(3)
})

it('who is disabled gets no new network', async () => {
  const { inOne, addNetwork, addUser, owners } = setUp()
  await inOne((transaction) => addUser(transaction, true))
  await inOne((transaction) => addNetwork(transaction))
  expect(await owners()).toEqual([])
})

it('networks that somebody owns alone are told from those that others own too', async () => {
  const { inOne, addNetwork, addUser } = setUp()
  const userId = await inOne((transaction) => addUser(transaction))
  await inOne((transaction) => addNetwork(transaction, 'Sole'))
  await inOne((transaction) => addUser(transaction))
  await inOne((transaction) => addNetwork(transaction, 'Shared'))
  const asked = inOne((transaction) => requireOtherOwners(transaction, userId))
  await expect(asked).rejects.toMatchObject({ code: 'OWNER_NEEDED', message: expect.stringMatching(/owns "Sole"\./) })
})
