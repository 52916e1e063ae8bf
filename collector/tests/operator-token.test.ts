import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  createPerson,
  createTestDatabases,
  layWire,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
  type Wire,
} from './support/index.ts'

let databases: TestDatabases
let postgres: pg.Client
let wire: Wire
const directories: TestCollector[] = []

beforeAll(async () => {
  databases = await createTestDatabases()
  postgres = new pg.Client({ connectionString: databases.postgresUrl })
  await postgres.connect()
  const { searchParams } = new URL(databases.postgresUrl)
  wire = await layWire(join(searchParams.get('host') ?? '', '.s.PGSQL.5432'))
})
afterEach(() => Promise.all(directories.splice(0).map((collector) => collector.remove())))
afterAll(async () => {
  wire?.cut()
  await postgres?.end()
  await databases?.drop()
})

/** A collector on the databases of all; its PostgreSQL is at the end of a wire. */
async function start(dataDirectory?: string): Promise<TestCollector> {
  const postgresUrl = new URL(databases.postgresUrl)
  postgresUrl.host = `127.0.0.1:${wire.port}`
  postgresUrl.search = ''
  const collector = await startTestCollector({
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
    env: { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: postgresUrl.href },
  })
  directories.push(collector)
  return collector
}

async function restart(collector: TestCollector): Promise<TestCollector> {
  await collector.stop()
  return start(collector.dataDirectory)
}

const status = async (collector: TestCollector, token = collector.token): Promise<number> =>
  (await ask({ ...collector, token }, 'GET', '/api/v1/operator-tokens')).status

const fileOf = ({ dataDirectory }: TestCollector): string => join(dataDirectory, 'operator-token')
const nameOf = ({ dataDirectory }: TestCollector): string => `operator of ${hostname()}:${dataDirectory}`

interface Listed {
  readonly id: string
  readonly name: string
  readonly lastFour: string
  readonly revokedAtMs: number | null
}
const list = async (collector: TestCollector): Promise<Listed[]> =>
  (await ask(collector, 'GET', '/api/v1/operator-tokens')).body.filter(({ name }: Listed) => name === nameOf(collector))

describe("the operator's token", () => {
  it('is made at the first start, for this user alone, and is one of the tokens', async () => {
    const collector = await start()
    expect(collector.token).toMatch(/^mctp_[A-Za-z0-9_-]{43}$/)
    expect(statSync(fileOf(collector)).mode & 0o777).toBe(0o600)
    expect(await list(collector)).toEqual([
      {
        id: expect.any(String),
        name: nameOf(collector),
        lastFour: collector.token.slice(-4),
        createdAtMs: expect.any(Number),
        revokedAtMs: null,
        lastUsedAtMs: expect.any(Number),
      },
    ])
    const { body } = await ask(collector, 'GET', '/api/v1/audit?action=token.created&limit=1')
    expect(body.entries).toMatchObject([{ actor: { kind: 'system', id: null }, after: { name: nameOf(collector) } }])
    expect(collector.log()).not.toContain(collector.token)
  })

  it('is the same after a restart, with one row and one entry', async () => {
    const first = await start()
    const again = await restart(first)
    expect(again.token).toBe(first.token)
    expect(await status(again)).toBe(200)
    expect(await list(again)).toHaveLength(1)
  })

  it('of an earlier version goes on working', async () => {
    const first = await start()
    const old = `mcto_${'o'.repeat(43)}`
    await first.stop()
    writeFileSync(fileOf(first), `${old}\n`, { mode: 0o600 })
    const again = await start(first.dataDirectory)
    expect(again.token).toBe(old)
    expect(await status(again)).toBe(200)
    expect((await list(again)).filter(({ revokedAtMs }) => revokedAtMs === null)).toMatchObject([{ lastFour: 'oooo' }])
  })

  it('opens every collector of the installation', async () => {
    const [one, other] = [await start(), await start()]
    expect(one.token).not.toBe(other.token)
    expect(await status(one, other.token)).toBe(200)
    expect(await status(other, one.token)).toBe(200)
  })

  it('that was revoked opens nothing any more, and is replaced at the next start', async () => {
    const [one, other] = [await start(), await start()]
    const [{ id } = { id: '' }] = await list(one)
    const revoked = await ask(other, 'DELETE', `/api/v1/operator-tokens/${id}`)
    expect(revoked).toMatchObject({ status: 200, body: { id, revokedAtMs: expect.any(Number) } })
    for (const collector of [one, other]) expect(await status(collector, one.token)).toBe(401)
    const again = await restart(one)
    expect(again.token).not.toBe(one.token)
    expect(await status(again)).toBe(200)
    expect(await status(again, one.token)).toBe(401)
    // Whoever puts the old one back gains nothing.
    await again.stop()
    writeFileSync(fileOf(again), one.token)
    const third = await start(again.dataDirectory)
    expect([one.token, again.token]).not.toContain(third.token)
    expect(await status(third, one.token)).toBe(401)
    expect((await list(third)).filter(({ revokedAtMs }) => revokedAtMs === null)).toHaveLength(1)
  })

  it('whose file was deleted opens nothing after the next start', async () => {
    const first = await start()
    await first.stop()
    rmSync(fileOf(first))
    const again = await start(first.dataDirectory)
    expect(again.token).not.toBe(first.token)
    expect(await status(again)).toBe(200)
    expect(await status(again, first.token)).toBe(401)
    expect((await list(again)).map(({ revokedAtMs }) => revokedAtMs === null)).toEqual([true, false])
  })

  it('is never what somebody made for themselves', async () => {
    const collector = await start()
    const person = await createPerson(collector)
    const body = { name: 'mine', permissions: ['network.view'] }
    const { token } = (await person.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    await collector.stop()
    writeFileSync(fileOf(collector), token, { mode: 0o600 })
    const again = await start(collector.dataDirectory)
    expect(again.token).not.toBe(token)
    expect(await status(again, token)).toBe(403)
    expect(readFileSync(fileOf(again), 'utf8')).not.toContain(token)
  })

  it('is listed and revoked by operators and owners of the installation alone', async () => {
    const collector = await start()
    const person = await createPerson(collector)
    const owner = await createPerson(collector, { ownsInstallation: true })
    const [{ id } = { id: '' }] = await list(collector)
    for (const [method, path] of [
      ['GET', '/api/v1/operator-tokens'],
      ['DELETE', `/api/v1/operator-tokens/${id}`],
    ] as const) {
      expect(await person.browser.ask(method, path)).toMatchObject({ status: 403 })
    }
    expect(await status(collector)).toBe(200)
    expect((await owner.browser.ask('DELETE', `/api/v1/operator-tokens/${id}`)).status).toBe(200)
    expect(await status(collector)).toBe(401)
  })
})

describe('while PostgreSQL is away', () => {
  const about = async (collector: TestCollector, token = collector.token): Promise<string> => {
    const { status: code, body } = await ask({ ...collector, token }, 'GET', '/api/v1/account')
    return code === 200 ? body.credential : body.error.code
  }

  it("this machine's own token opens its collector, another's does not, and nobody else gets in", async () => {
    const [one, other] = [await start(), await start()]
    const person = await createPerson(one)
    const body = { name: 'mine', permissions: ['network.view'] }
    const { token } = (await person.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    wire.cut()
    try {
      expect(await about(one)).toBe('operator')
      expect(await about(one, other.token)).toBe('STORAGE_UNAVAILABLE')
      expect(await about(one, token)).toBe('STORAGE_UNAVAILABLE')
      expect(await about(one, `mctp_${'w'.repeat(43)}`)).toBe('STORAGE_UNAVAILABLE')
    } finally {
      await wire.mend()
    }
    await until(
      () => about(one, token),
      (answer) => answer === 'token',
    )
  })

  it("this machine's own token stays revoked", async () => {
    const [one, other] = [await start(), await start()]
    const [{ id } = { id: '' }] = await list(one)
    await ask(other, 'DELETE', `/api/v1/operator-tokens/${id}`)
    expect(await about(one)).toBe('TOKEN_UNKNOWN')
    wire.cut()
    try {
      expect(await about(one)).toBe('TOKEN_UNKNOWN')
    } finally {
      await wire.mend()
    }
    const { rows } = await postgres.query('SELECT revoked_at_ms FROM tokens WHERE sha256 = $1', [
      createHash('sha256').update(one.token).digest(),
    ])
    expect(rows).toEqual([{ revoked_at_ms: expect.anything() }])
  })

  it("this machine's own token opens its collector also when PostgreSQL is silent rather than gone", async () => {
    const collector = await start()
    await postgres.query('BEGIN')
    try {
      await postgres.query('LOCK TABLE tokens IN ACCESS EXCLUSIVE MODE')
      expect(await about(collector)).toBe('operator')
    } finally {
      await postgres.query('ROLLBACK')
    }
    expect(await status(collector)).toBe(200)
  })
})
