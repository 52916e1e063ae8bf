import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, createPerson, setUpCollector, type TestPerson } from '@mctrack/collector/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunOptions, runCli } from './support/run-cli.ts'

const test = setUpCollector()
let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Commands of somebody on another machine: without the collector's data directory. */
async function setUp(name: string) {
  const env = {
    MCTRACK_URL: test.collector.url,
    MCTRACK_DATA_DIR: join(directory, name, 'no-data'),
    MCTRACK_CONFIG_DIR: join(directory, name),
  }
  const mctrack = (args: readonly string[], options: RunOptions = {}) =>
    runCli(args, { ...options, env: { ...env, ...options.env } })
  const person = await createPerson(test.collector, { name: 'Alex' })
  const file = join(directory, name, 'credentials.json')
  /** Logs in, while somebody in a browser says what they say to the code. */
  async function logIn(say: 'approve' | 'deny', args: readonly string[] = ['login']) {
    const said: Array<Promise<unknown>> = []
    const ran = await mctrack(args, {
      onStdout(text) {
        const code = /[A-Z]{4}-[A-Z]{4}/.exec(text)?.[0]
        if (code === undefined || said.length > 0) return
        said.push(decide(person, say, code))
      },
    })
    await Promise.all(said)
    return ran
  }
  const tokenOf = (): string => JSON.parse(readFileSync(file, 'utf8')).tokens[test.collector.url]
  return { env, mctrack, person, file, logIn, tokenOf }
}

const decide = ({ browser }: TestPerson, say: 'approve' | 'deny', code: string) =>
  browser.ask('POST', `/api/v1/account/devices/${code}/${say}`, say === 'approve' ? { body: {} } : {})

describe('logging in', () => {
  it('shows a code and an address, and keeps the token of who approved, for this user alone', async () => {
    const { mctrack, person, file, logIn, tokenOf } = await setUp('approved')
    expect(await mctrack(['whoami'])).toMatchObject({ code: 4, stderr: expect.stringContaining('mctrack login --url') })
    const ran = await logIn('approve')
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\/device\n.*[A-Z]{4}-[A-Z]{4}\n/),
      stderr: expect.stringMatching(/Logged in to http:.* as Alex \(.*@example\.net\)\. The token is in .*credentials/),
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const token = tokenOf()
    expect(token).toMatch(/^mctp_/)
    expect(ran.stdout + ran.stderr).not.toContain(token)
    expect((await mctrack(['whoami', '--json'])).json()).toMatchObject({
      url: test.collector.url,
      tokenFoundBy: 'from "mctrack login"',
      credential: 'token',
      user: { id: person.userId },
      permissions: [],
      networks: [],
    })
    expect((await mctrack(['whoami'])).stdout).toMatch(
      /^Alex \(.*\n {2}Token +from "mctrack login"\n.*nothing\n.*none\n$/,
    )
  })

  it('ends when somebody denies it, and keeps nothing', async () => {
    const { logIn, file } = await setUp('denied')
    expect(await logIn('deny')).toMatchObject({ code: 5, stderr: expect.stringContaining('was denied') })
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('tells scripts in lines of JSON', async () => {
    const { logIn, person } = await setUp('json')
    const { stdout } = await logIn('approve', ['login', '--json'])
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      { userCode: expect.any(String), verificationUrl: `${test.collector.url}/device`, intervalSeconds: 5 },
      { url: test.collector.url, user: { id: person.userId }, credential: 'token' },
    ])
    expect(stdout).not.toMatch(/mctp_|deviceCode/)
  })

  it('takes a token from standard input, if it is a good one', async () => {
    const { mctrack, person, tokenOf } = await setUp('given')
    const body = { name: 'mine', permissions: ['network.view'] }
    const { token } = (await person.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    expect(await mctrack(['login', '--with-token'], { stdin: `mctp_${'w'.repeat(43)}\n` })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('The token on standard input is not valid'),
    })
    expect(await mctrack(['login', '--with-token'], { stdin: `${token}\n` })).toMatchObject({ code: 0 })
    expect(tokenOf()).toBe(token)
    expect(await mctrack(['networks', 'list'])).toMatchObject({ code: 0 })
  })

  it('on the machine of the collector says that commands go on as its operator', async () => {
    const { mctrack, person } = await setUp('operator')
    const body = { name: 'mine', permissions: ['network.view'] }
    const { token } = (await person.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    const env = { MCTRACK_DATA_DIR: test.collector.dataDirectory }
    const own = { env: { ...env, MCTRACK_URL: undefined } }
    expect((await mctrack(['whoami'], own)).stdout).toMatch(/^the operator at /)
    expect(await mctrack(['login', '--with-token'], { ...own, stdin: token })).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/go on using the token from .*mctrack-test/),
    })
  })
})

describe('logging out', () => {
  it('revokes the token and forgets it', async () => {
    const { mctrack, logIn, tokenOf } = await setUp('out')
    await logIn('approve')
    const token = tokenOf()
    expect(await mctrack(['logout'])).toMatchObject({ code: 0, stderr: expect.stringContaining('Logged out of') })
    expect(await ask({ ...test.collector, token }, 'GET', '/api/v1/account')).toMatchObject({ status: 401 })
    expect(tokenOf()).toBeUndefined()
    expect(await mctrack(['logout'])).toMatchObject({ code: 4, stderr: expect.stringContaining('not logged in') })
  })

  it('of a token that was revoked elsewhere forgets it; until then commands say to log in again', async () => {
    const { mctrack, logIn, person, tokenOf } = await setUp('revoked')
    await logIn('approve')
    const [{ id }] = (await person.browser.ask('GET', '/api/v1/account/tokens')).body
    await person.browser.ask('DELETE', `/api/v1/account/tokens/${id}`)
    expect(await mctrack(['networks', 'list'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`Log in again: mctrack login --url ${test.collector.url}`),
    })
    expect(await mctrack(['logout'])).toMatchObject({ code: 0 })
    expect(tokenOf()).toBeUndefined()
  })

  it('forgets the token also when nobody answers, and says that it was not revoked', async () => {
    const { mctrack, person, file } = await setUp('away')
    const body = { name: 'mine', permissions: ['network.view'] }
    const { token } = (await person.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    await mctrack(['login', '--with-token'], { stdin: token })
    const text = readFileSync(file, 'utf8').replace(test.collector.url, 'http://127.0.0.1:9')
    writeFileSync(file, text, { mode: 0o600 })
    expect(await mctrack(['logout', '--url', 'http://127.0.0.1:9'])).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('could not be revoked'),
    })
    expect(readFileSync(file, 'utf8')).not.toContain(token)
  })
})

describe("operators' commands", () => {
  it('show the set-up link while there is no owner, alone on standard output', async () => {
    const { mctrack } = await setUp('link')
    const env = { MCTRACK_TOKEN: test.collector.token }
    const link = await mctrack(['setup-link'], { env })
    expect(link).toMatchObject({ code: 0, stderr: expect.stringContaining('works once, for 1 h') })
    expect(link.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-up#[A-Za-z0-9_-]+\n$/)
    await createPerson(test.collector, { ownsInstallation: true })
    expect(await mctrack(['setup-link'], { env })).toMatchObject({ code: 6 })
  })

  it('list and revoke operators’ tokens', async () => {
    const { mctrack } = await setUp('tokens')
    const env = { MCTRACK_TOKEN: test.collector.token }
    const [own] = (await mctrack(['tokens', 'list', '--json'], { env })).json()
    expect(own).toMatchObject({ name: expect.stringContaining(test.collector.dataDirectory), revokedAtMs: null })
    expect((await mctrack(['tokens', 'list'], { env })).stdout).toContain(`…${own.lastFour}`)
    expect(await mctrack(['tokens', 'revoke', 'none'], { env })).toMatchObject({ code: 3 })
    expect((await mctrack(['tokens', 'revoke', own.lastFour, '--json'], { env })).json()).toMatchObject({
      id: own.id,
      revokedAtMs: expect.any(Number),
    })
    expect(await mctrack(['tokens', 'list'], { env })).toMatchObject({ code: 4 })
  })
})
