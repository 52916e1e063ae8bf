import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabases, SETTINGS, type TestDatabases } from '@mctrack/collector/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COLLECTOR_SETTINGS } from '../src/up/collector-settings.ts'
import { runCli } from './support/run-cli.ts'
import { type SpawnedCli, spawnCli } from './support/spawn-cli.ts'

let databases: TestDatabases
let directory = ''
const spawned: SpawnedCli[] = []

beforeAll(async () => {
  databases = await createTestDatabases()
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
  mkdirSync(join(directory, 'site'))
})
afterAll(async () => {
  for (const { process } of spawned) process.kill('SIGTERM')
  await Promise.all(spawned.map(({ ended }) => ended()))
  await databases?.drop()
  rmSync(directory, { recursive: true, force: true })
})

const envOf = (name: string): Readonly<Record<string, string>> => ({
  MCTRACK_DATA_DIR: join(directory, name),
  MCTRACK_CONFIG_DIR: join(directory, `${name}-config`),
  MCTRACK_PORT: '0',
  MCTRACK_METRICS_PORT: '0',
  MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
  MCTRACK_POSTGRES_URL: databases.postgresUrl,
  MCTRACK_SITE_DIR: join(directory, 'site'),
})

function start(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): SpawnedCli {
  const command = spawnCli(args, { ...envOf(name), ...env })
  spawned.push(command)
  return command
}

describe('up', () => {
  it('greets, is found by other commands, keeps others out, and stops in order', async () => {
    const up = start('main', ['up'])
    await up.says(/Ctrl-C stops it/)
    expect(up.stdout()).toMatch(/MCTrack runs at http:\/\/127\.0\.0\.1:\d+\n/)
    expect(up.stdout()).toContain('networks create "My network"')
    const created = await runCli(['networks', 'create', 'Test', '--json'], { env: { ...envOf('main') } })
    expect(created).toMatchObject({ code: 0, stderr: '' })

    const port = /127\.0\.0\.1:(\d+)/.exec(up.stdout())?.[1] ?? ''
    const second = start('main', ['up'])
    const samePort = start('other', ['up', '--port', port])
    const live = start('main', ['live', '--watch'])
    const liveJson = start('main', ['live', '--watch', '--json'])
    const tail = start('main', ['tail'])

    expect(await second.ended()).toBe(6)
    expect(second.stderr()).toMatch(/^Another collector \(process \d+\) already runs on /)
    expect(await samePort.ended()).toBe(6)
    expect(samePort.stderr()).toContain(`127.0.0.1:${port}`)
    await live.says(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}0 players\n/)
    await liveJson.says(/^\{"total":0,.*"atMs":\d+\}\n/)
    liveJson.process.kill('SIGINT')
    expect(await liveJson.ended()).toBe(130)
    await tail.says(/^Listening to Test/)
    tail.process.kill('SIGTERM')
    expect(await tail.ended()).toBe(143)

    up.process.kill('SIGINT')
    expect(await up.ended()).toBe(0)
    expect(existsSync(join(directory, 'main', 'lock'))).toBe(false)
    await live.says(/! .*Trying again in \d+ s\./)
    live.process.kill('SIGINT')
    expect(await live.ended()).toBe(130)
    expect(await runCli(['status'], { env: { ...envOf('main'), MCTRACK_PORT: '2' } })).toMatchObject({ code: 7 })
  }, 180_000)

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'lets go of its directory on %s',
    async (signal) => {
      const up = start(signal, ['up', '--json'])
      const ready = JSON.parse(await up.says(/^\{"url".*\}\n/m).then((text) => /^\{"url".*\}$/m.exec(text)?.[0] ?? ''))
      expect(ready).toEqual({
        url: expect.stringMatching(/^http:/),
        metricsUrl: expect.stringMatching(/\/metrics$/),
        dataDirectory: join(directory, signal),
      })
      up.process.kill(signal)
      expect(await up.ended()).toBe(0)
      expect(existsSync(join(directory, signal, 'lock'))).toBe(false)
    },
    90_000,
  )

  it('says so when the collector is killed', async () => {
    const up = start('killed', ['up'])
    await up.says(/Ctrl-C stops it/)
    const found: unknown = JSON.parse(readFileSync(join(directory, 'killed', 'collector.json'), 'utf8'))
    process.kill((found as { readonly pid: number }).pid, 'SIGKILL')
    expect(await up.ended()).toBe(137)
    expect(up.stderr()).toContain('The collector was killed (SIGKILL)')
  }, 60_000)

  it('names every setting that is wrong, by flag and by environment', async () => {
    const up = start('wrong', ['up', '--port', 'abc', '--log-level', 'loud'], { MCTRACK_ROLES: 'cook' })
    expect(await up.ended()).toBe(2)
    expect(up.stderr()).toMatch(/^The settings have mistakes:\n/)
    for (const flag of ['--port', '--log-level', '--roles']) expect(up.stderr()).toContain(flag)
  })

  it.each([
    [
      'wrong settings',
      { MCTRACK_ROLES: 'cook' },
      2,
      'CONFIG_INVALID',
      /^The settings have mistakes\. .*--port.*--roles/,
    ],
    ['a start that fails', { MCTRACK_DATA_DIR: '/proc/1/x' }, 1, 'START_FAILED', /cannot be used/],
  ])('with --json says %s as JSON alone', async (_what, env, exitCode, code, message) => {
    const port = code === 'CONFIG_INVALID' ? 'abc' : '0'
    const up = start('wrong', ['up', '--json', '--port', port], env)
    expect(await up.ended()).toBe(exitCode)
    expect(JSON.parse(up.stderr())).toEqual({ error: { code, message: expect.stringMatching(message) } })
  })

  it('takes a flag for every setting of the collector', () => {
    const flagged = COLLECTOR_SETTINGS.map(({ variable, flags }) => [variable, flags.split(' ')[0]])
    const settings = Object.entries(SETTINGS).map(([variable, { flag }]) => [variable, flag])
    expect(flagged).toEqual(settings.filter(([variable]) => variable !== 'MCTRACK_DATA_DIR'))
  })
})

describe('without a collector', () => {
  it('the doctor says that none answers and whether one could start', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const env = { ...envOf('nothing'), MCTRACK_PORT: '2', MCTRACK_METRICS_PORT: String(port) }
    const { code, stdout } = await runCli(['doctor'], { env })
    server.close()
    expect(code).toBe(1)
    expect(stdout).toMatch(/^WARN {2}There is no data directory/m)
    expect(stdout).toMatch(/^FAIL {2}No collector answers at http:\/\/127\.0\.0\.1:2/m)
    expect(stdout).toMatch(new RegExp(`^FAIL {2}Another program listens on 127\\.0\\.0\\.1:${port}`, 'm'))
  })

  it('the process ends with the code of the error', async () => {
    const list = start('nothing', ['networks', 'list', '--json'], { MCTRACK_PORT: '2' })
    expect(await list.ended()).toBe(7)
    expect(JSON.parse(list.stderr()).error.code).toBe('COLLECTOR_UNREACHABLE')
  })

  it('a reader that has seen enough is no failure', async () => {
    const help = start('nothing', ['--help'])
    help.process.stdout?.destroy()
    expect(await help.ended()).toBe(0)
    expect(help.stderr()).toBe('')
  })
})
