import { openBrowser, setUpCollector, signIn } from '@mctrack/collector/testing'
import { expect, it } from 'vitest'
import { type Ran, type RunOptions, runCli } from './support/run-cli.ts'

const test = setUpCollector()
let count = 0

/** Commands as the operator of the collector gives them. */
const mctrack = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  runCli(args, { ...options, env: { MCTRACK_DATA_DIR: test.collector.dataDirectory } })

async function create(...flags: readonly string[]) {
  count += 1
  const email = `person-${count}@example.net`
  return (await mctrack(['users', 'create', email, '--name', `Person ${count}`, '--json', ...flags])).json()
}

it('are created with a link to choose a password, alone on standard output', async () => {
  const { code, stdout, stderr } = await mctrack(['users', 'create', 'alex@example.net', '--name', 'Alex'])
  expect(code).toBe(0)
  expect(stdout).toMatch(new RegExp(`^${test.collector.url}/password#[A-Za-z0-9_-]{43}\n$`))
  expect(stderr).toContain('Created the account alex@example.net.')
  expect(stderr).toContain('It works once, for 2 d')
  const browser = openBrowser(test.collector)
  const token = stdout.trim().split('#')[1]
  const password = 'chosen by Alexandra'
  expect((await browser.ask('POST', '/api/v1/password', { body: { token, password } })).status).toBe(204)
  await signIn(browser, { email: 'alex@example.net', password })
  expect((await mctrack(['users', 'list'])).stdout).toMatch(/^alex@example\.net +Alex +just now /m)
})

it('are not created twice with one e-mail address, or with none', async () => {
  const { email } = await create()
  expect(await mctrack(['users', 'create', email.toUpperCase()])).toMatchObject({
    code: 6,
    stderr: '✗ Another account has this e-mail address.\n',
  })
  expect(await mctrack(['users', 'create', 'nonsense'])).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('must be an e-mail address'),
  })
})

it('get a password from standard input, and never from an argument', async () => {
  const { id, email } = await create()
  expect(await mctrack(['users', 'reset-password', email, '--password-stdin'], { stdin: 'too short\n' })).toMatchObject(
    {
      code: 6,
      stderr: expect.stringContaining('must have at least 10 characters'),
    },
  )
  expect(await mctrack(['users', 'reset-password', id, '--password-stdin'], { stdin: '' })).toMatchObject({ code: 2 })
  const password = ' from the operator '
  const set = await mctrack(['users', 'reset-password', email, '--password-stdin'], { stdin: `${password}\n` })
  expect(set).toMatchObject({ code: 0, stdout: '' })
  await signIn(openBrowser(test.collector), { email, password })
})

it('are disabled, enabled and changed', async () => {
  const { id, email } = await create()
  const json = async (...args: readonly string[]) => (await mctrack(['users', ...args, '--json'])).json()
  expect((await json('disable', email)).disabledAtMs).toEqual(expect.any(Number))
  expect((await mctrack(['users', 'list'])).stdout).toMatch(new RegExp(`^${email} .* disabled `, 'm'))
  expect(await json('enable', id)).toMatchObject({ disabledAtMs: null })
  expect(await json('set', email, '--owner', '--name', 'Olga')).toMatchObject({ name: 'Olga', ownsInstallation: true })
  expect(await mctrack(['users', 'set', email, '--no-owner'])).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('The installation must keep an owner.'),
  })
  expect(await mctrack(['users', 'set', email])).toMatchObject({ code: 2 })
  expect(await mctrack(['users', 'disable', 'nobody@example.net'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('There is no user "nobody@example.net"'),
  })
  expect(await mctrack(['users', 'delete', email])).toMatchObject({ code: 2 })
  expect(await mctrack(['users', 'delete', email, '--confirm', 'another@example.net'])).toMatchObject({ code: 6 })
  const other = await create()
  expect((await json('delete', other.email, '--confirm', other.email)).deleteAtMs).toBeGreaterThan(Date.now())
  expect((await mctrack(['users', 'list'])).stdout).toMatch(
    new RegExp(`^${other.email} .* waits for its deletion `, 'm'),
  )
  expect(await json('undelete', other.email)).toMatchObject({ deleteAtMs: null })
  expect((await mctrack(['audit', '--user', email, '--json'])).json()).toEqual([])
})
