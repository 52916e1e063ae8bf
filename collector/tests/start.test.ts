import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabases, processesOn, startTestCollector, type TestDatabases, until } from './support/index.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
let databases: TestDatabases
let directory = ''

beforeAll(async () => {
  databases = await createTestDatabases()
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(async () => {
  await databases?.drop()
  rmSync(directory, { recursive: true, force: true })
})

/** Starts a collector that cannot start, and returns how it ended. */
function fail(env: Record<string, string>): Promise<{ readonly status: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN],
      {
        timeout: 60_000,
        env: {
          PATH: process.env['PATH'] ?? '',
          MCTRACK_DATA_DIR: mkdtempSync(join(directory, 'data-')),
          MCTRACK_PORT: '0',
          MCTRACK_METRICS_PORT: '0',
          MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
          MCTRACK_POSTGRES_URL: databases.postgresUrl,
          ...env,
        },
      },
      (_error, _stdout, stderr) => resolve({ status: child.exitCode, stderr }),
    )
  })
}

describe('a start', () => {
  it('with wrong settings names every mistake and ends with the code for wrong use', async () => {
    const { status, stderr } = await fail({ MCTRACK_PORT: 'x', MCTRACK_ROLES: 'cook', MCTRACK_REDIS_URL: 'http://x' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^The settings have mistakes:\n( {2}- MCTRACK_.*\.\n){3}$/)
  })

  it('on a port that is taken says which, and how to mend it', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const onPort = await fail({ MCTRACK_PORT: String(port) })
    expect(onPort).toMatchObject({ status: 6, stderr: expect.stringContaining(`127.0.0.1:${port}`) })
    expect(onPort.stderr).toContain('MCTRACK_PORT')
    const onMetrics = await fail({ MCTRACK_METRICS_PORT: String(port) })
    expect(onMetrics).toMatchObject({ status: 6, stderr: expect.stringContaining('MCTRACK_METRICS_PORT') })
    server.close()
  })

  it('that fails leaves no engine running and no lock', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const embedded = { MCTRACK_CLICKHOUSE_URL: '', MCTRACK_POSTGRES_URL: '' }
    const failures = [
      { env: { MCTRACK_PORT: String(port) }, status: 6 },
      { env: { MCTRACK_METRICS_PORT: String(port) }, status: 6 },
      { env: { MCTRACK_COUNTRY_DB: MAIN }, status: 1 },
    ] as unknown as ReadonlyArray<{ readonly env: Record<string, string>; readonly status: number }>
    for (const { env, status } of failures) {
      const dataDirectory = mkdtempSync(join(directory, 'data-'))
      const ended = await fail({ ...embedded, ...env, MCTRACK_DATA_DIR: dataDirectory })
      expect(ended, ended.stderr).toMatchObject({ status })
      expect(processesOn(dataDirectory)).toEqual([])
      expect(readdirSync(dataDirectory)).not.toContain('lock')
    }
    server.close()
  })

  it('that is told to stop before it is ready leaves no engine running, and is no failure', async () => {
    const dataDirectory = mkdtempSync(join(directory, 'data-'))
    const collector = fork(MAIN, [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'] ?? '',
        MCTRACK_DATA_DIR: dataDirectory,
        MCTRACK_PORT: '0',
        MCTRACK_METRICS_PORT: '0',
      },
    })
    const exited = once(collector, 'exit')
    await until(
      () => existsSync(join(dataDirectory, 'postgres', 'process.json')),
      (isThere) => isThere,
    )
    collector.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(processesOn(dataDirectory)).toEqual([])
  })

  it('on the port of another collector is refused, rather than sharing its connections', async () => {
    const collector = await startTestCollector({
      env: { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: databases.postgresUrl },
    })
    expect(await fail({ MCTRACK_PORT: String(collector.port) })).toMatchObject({ status: 6 })
    await collector.remove()
  })

  it('in a directory that is a file, or where nobody may write, says so', async () => {
    const file = join(directory, 'file')
    writeFileSync(file, '')
    expect(await fail({ MCTRACK_DATA_DIR: file })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be used: a file is in the way/),
    })
    expect(await fail({ MCTRACK_DATA_DIR: join(file, 'below') })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be used/),
    })
    expect(await fail({ MCTRACK_DATA_DIR: '/sys/mctrack' })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be used/),
    })
    // Where /proc is, it says "no such directory" to whoever wants to make one.
    expect(await fail({ MCTRACK_DATA_DIR: '/proc/1/x' })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be used/),
    })
    expect(await fail({ MCTRACK_DATA_DIR: join(directory, 'x'.repeat(300)) })).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be used: its path is too long/),
    })
    const closed = join(directory, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    if (process.getuid?.() !== 0) {
      expect((await fail({ MCTRACK_DATA_DIR: join(closed, 'x') })).stderr).toMatch(/may not write there/)
    }
  })

  it('without a database waits for it, and then says that it did not answer', async () => {
    const missing = [
      { name: 'PostgreSQL', env: { MCTRACK_POSTGRES_URL: 'postgres://user:secret@127.0.0.1:1/db' } },
      { name: 'ClickHouse', env: { MCTRACK_CLICKHOUSE_URL: 'http://user:secret@127.0.0.1:1/db' } },
      { name: 'Redis', env: { MCTRACK_REDIS_URL: 'redis://user:secret@127.0.0.1:1' } },
    ]
    await Promise.all(
      missing.map(async ({ name, env }) => {
        const { status, stderr } = await fail(env as unknown as Record<string, string>)
        expect(status, name).toBe(1)
        expect(stderr).toMatch(new RegExp(`^${name} did not answer within 30 s.*\n  \\(.*ECONNREFUSED.*\\)\n$`, 'm'))
        expect(stderr).not.toMatch(/^\s+at /m)
        expect(stderr).not.toContain('secret')
      }),
    )
  }, 90_000)
})
