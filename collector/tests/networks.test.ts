import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAuditLog, createAuditStore } from '../src/audit/index.ts'
import { createNetworkStore, createNetworks } from '../src/networks/index.ts'
import { createLog } from '../src/platform/log.ts'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { connectPostgres, type PostgresConnection } from '../src/platform/postgres/client.ts'
import { createTestDatabases, type TestDatabases } from './support/index.ts'

const log = createLog({ level: 'silent', format: 'json' })
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

it('a change keeps what another collector changed, though its news never came', async () => {
  const author = { actor: { kind: 'operator' }, address: null, requestId: randomUUID() } as const
  const store = createAuditStore(postgres.db)
  const audit = createAuditLog({ db: postgres.db, store, createId: randomUUID, now: Date.now, log })
  const open = () =>
    createNetworks({
      store: createNetworkStore(postgres.db, audit, async () => undefined),
      createId: randomUUID,
      now: Date.now,
      onChanged: () => undefined,
      onGone: () => undefined,
      onRemoved: () => undefined,
    })
  const [here, there] = [open(), open()]
  const { id } = await here.create({ name: 'Before', timeZone: 'UTC', currency: 'EUR' }, author)
  await there.refresh()
  await here.change(id, { name: 'After' }, author)
  expect(await there.change(id, { currency: 'USD' }, author)).toMatchObject({ name: 'After', currency: 'USD' })
  await here.refresh()
  expect(here.get(id)).toMatchObject({ name: 'After', currency: 'USD' })
})
