import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, createNetwork, createPerson, startTestCollector, type TestCollector } from './support/index.ts'

// With engines of its own, so that all that is stored lies in its data directory.
let collector: TestCollector
beforeAll(async () => {
  collector = await startTestCollector({ env: { MCTRACK_LOG_LEVEL: 'trace' } })
})
afterAll(() => collector?.remove())

/** Files of the data directory that hold the text. */
function filesWith(text: string): string[] {
  const { dataDirectory } = collector
  return readdirSync(dataDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
    .map((file) => relative(dataDirectory, file))
}

it("no secret lies in the data directory or the log, but for the operator's token in its file", async () => {
  const operator = (method: string, path: string, body?: unknown) =>
    ask(collector, method, `/api/v1${path}`, body === undefined ? {} : { body })
  const { key } = await createNetwork(collector)
  const setUpLink = (await operator('POST', '/setup/link')).body.url
  const { browser, userId, email, password } = await createPerson(collector, { ownsInstallation: true })
  const passwordLink = (await operator('POST', `/users/${userId}/password-link`)).body.url
  const wish = { name: 'script', permissions: ['network.view'] }
  const { token } = (await browser.ask('POST', '/api/v1/account/tokens', { body: wish })).body

  // One program that gets its token, and one that waits.
  const program = (await operator('POST', '/device/code', { name: 'program' })).body
  const waiting = (await operator('POST', '/device/code', { name: 'waiting' })).body
  await browser.ask('POST', `/api/v1/account/devices/${program.userCode}/approve`, { body: {} })
  const fetched = (await operator('POST', '/device/token', { deviceCode: program.deviceCode })).body
  const wrong = { email, password: 'a wrong password' }
  await browser.ask('POST', '/api/v1/sign-in', { body: wrong })
  const used = { token, fetched: fetched.token }
  for (const secret of Object.values(used)) {
    expect((await ask({ ...collector, token: secret }, 'GET', '/api/v1/account')).status).toBe(200)
  }

  const secrets: Readonly<Record<string, string>> = {
    ...used,
    key,
    password,
    wrongPassword: wrong.password,
    cookie: browser.cookie().split('=')[1] ?? '',
    setUpLink: setUpLink.split('#')[1],
    passwordLink: passwordLink.split('#')[1],
    deviceCode: program.deviceCode,
    waitingDeviceCode: waiting.deviceCode,
  }
  await collector.stop()
  expect(filesWith(collector.token)).toEqual(['operator-token'])
  // What is looked for is found where it is.
  expect(filesWith(userId.slice(0, 8)).length + filesWith(email).length).toBeGreaterThan(0)
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(10)
    expect(filesWith(secret), name).toEqual([])
    expect(collector.log().includes(secret), `${name} in the log`).toBe(false)
  }
  expect(collector.log()).not.toContain(collector.token)
})
