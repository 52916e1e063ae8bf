import { describe, expect, it } from 'vitest'
import { ask, createNetwork, createPerson, openBrowser, setUpCollector, signIn } from './support/index.ts'

const test = setUpCollector()
const SECRETS = /[A-Za-z0-9_-]{43}/

describe('the set-up', () => {
  it('makes the first owner by a link that works once, and gives them what is there', async () => {
    const { collector } = test
    const { networkId } = await createNetwork(collector, { name: 'Before anybody' })
    const browser = openBrowser(collector)
    expect((await browser.ask('GET', '/api/v1/setup')).body).toEqual({ isNeeded: true })
    const earlier = (await ask(collector, 'POST', '/api/v1/setup/link')).body.url
    const link = (await ask(collector, 'POST', '/api/v1/setup/link')).body
    expect(link.url).toMatch(new RegExp(`^${collector.url}/set-up#`))
    expect(link.expiresAtMs - Date.now()).toBeGreaterThan(3_500_000)
    const tokenOf = (url: string) => url.split('#')[1]
    const owner = { email: 'Owner@Example.net ', name: 'Olga', password: 'a long enough password' }
    const finish = (token: string | undefined, fields: object = {}) =>
      browser.ask('POST', '/api/v1/setup', { body: { token, ...owner, ...fields } })

    expect(await finish(tokenOf(earlier))).toMatchObject({ status: 404, body: { error: { code: 'LINK_INVALID' } } })
    expect(await finish('nonsense')).toMatchObject({ status: 404, body: { error: { code: 'LINK_INVALID' } } })
    expect(await finish(tokenOf(link.url), { password: 'password12' })).toMatchObject({
      status: 422,
      body: { error: { code: 'PASSWORD_WEAK' } },
    })
    expect(await finish(tokenOf(link.url), { email: 'nobody', password: 'short' })).toMatchObject({
      status: 422,
      body: { error: { code: 'BODY_INVALID', fields: [{ path: 'email' }, { path: 'password' }] } },
    })
    const both = await Promise.all([finish(tokenOf(link.url)), finish(tokenOf(link.url))])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 404])
    expect(await finish(tokenOf(link.url))).toMatchObject({ status: 404 })

    expect((await browser.ask('GET', '/api/v1/setup')).body).toEqual({ isNeeded: false })
    expect(await ask(collector, 'POST', '/api/v1/setup/link')).toMatchObject({ status: 409 })
    const { body } = await browser.ask('GET', '/api/v1/account')
    expect(body).toMatchObject({
      user: { email: 'Owner@Example.net', name: 'Olga', ownsInstallation: true },
      credential: 'sign_in',
      permissions: ['networks.create', 'users.manage', 'installation.audit'],
    })
    expect(body.networks.map((network: { networkId: string }) => network.networkId)).toContain(networkId)
    await signIn(openBrowser(collector), { email: 'owner@example.NET', password: owner.password })
  })
})

describe('a sign-in', () => {
  it('is a cookie that scripts cannot read, for this site alone, and stored as a hash', async () => {
    const { email, password } = await createPerson(test.collector)
    const browser = openBrowser(test.collector)
    const { headers, body } = await browser.ask('POST', '/api/v1/sign-in', { body: { email, password } })
    expect(headers.getSetCookie()).toHaveLength(1)
    expect(headers.getSetCookie()[0]).toMatch(
      /^mctrack_sign_in=[A-Za-z0-9_-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect(headers.get('cache-control')).toBe('no-store')
    expect(JSON.stringify(body)).not.toMatch(SECRETS)
  })

  it('answers alike for a wrong password and for nobody', async () => {
    const { email } = await createPerson(test.collector)
    const browser = openBrowser(test.collector)
    const answers = [email, 'nobody@example.net'].map((who) =>
      browser.ask('POST', '/api/v1/sign-in', { body: { email: who, password: 'wrong password' } }),
    )
    for (const { status, body, headers } of await Promise.all(answers)) {
      expect(status).toBe(401)
      expect(body).toEqual({
        error: { code: 'SIGN_IN_FAILED', message: 'The e-mail address or the password is wrong.' },
      })
      expect(headers.getSetCookie()).toEqual([])
    }
  })

  it('ends by signing out, here, elsewhere and everywhere', async () => {
    const person = await createPerson(test.collector)
    const { browser } = person
    const [second, third] = [openBrowser(test.collector), openBrowser(test.collector)]
    await signIn(second, person)
    await signIn(third, person)
    const { body: list } = await browser.ask('GET', '/api/v1/account/sign-ins')
    expect(list).toHaveLength(3)
    expect(list.filter((entry: { isThisOne: boolean }) => entry.isThisOne)).toHaveLength(1)
    expect(list[0]).toMatchObject({ address: '127.0.0.0/24', userAgent: 'Test browser' })

    const cookie = browser.cookie()
    expect((await browser.ask('POST', '/api/v1/sign-out')).status).toBe(204)
    expect(browser.cookie()).toBe('')
    browser.setCookie(cookie)
    expect(await browser.ask('GET', '/api/v1/account')).toMatchObject({
      status: 401,
      body: { error: { code: 'SIGN_IN_ENDED' } },
    })
    const { body: left } = await second.ask('GET', '/api/v1/account/sign-ins')
    const other = left.find((entry: { isThisOne: boolean }) => !entry.isThisOne)
    expect((await second.ask('DELETE', `/api/v1/account/sign-ins/${other.id}`)).status).toBe(204)
    expect((await second.ask('DELETE', `/api/v1/account/sign-ins/${other.id}`)).status).toBe(404)
    expect((await third.ask('GET', '/api/v1/account')).status).toBe(401)
    expect((await second.ask('DELETE', '/api/v1/account/sign-ins')).status).toBe(204)
    expect((await second.ask('GET', '/api/v1/account')).status).toBe(401)
  })

  it('of somebody else cannot be ended', async () => {
    const [one, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const { body } = await other.browser.ask('GET', '/api/v1/account/sign-ins')
    expect(await one.browser.ask('DELETE', `/api/v1/account/sign-ins/${body[0].id}`)).toMatchObject({ status: 404 })
    expect((await other.browser.ask('GET', '/api/v1/account')).status).toBe(200)
  })

  it('of a disabled account is over at once, and comes back only by signing in again', async () => {
    const { userId, browser, ...person } = await createPerson(test.collector)
    const set = (disabled: boolean) => ask(test.collector, 'PATCH', `/api/v1/users/${userId}`, { body: { disabled } })
    await set(true)
    expect((await browser.ask('GET', '/api/v1/account')).status).toBe(401)
    const again = await openBrowser(test.collector).ask('POST', '/api/v1/sign-in', {
      body: { email: person.email, password: person.password },
    })
    expect(again).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
    await set(false)
    expect((await browser.ask('GET', '/api/v1/account')).status).toBe(401)
    await signIn(browser, person)
  })
})

describe('a password', () => {
  it('is changed by who knows it, which ends everything else', async () => {
    const person = await createPerson(test.collector)
    const other = openBrowser(test.collector)
    await signIn(other, person)
    const change = (currentPassword: string, password: string) =>
      person.browser.ask('PUT', '/api/v1/account/password', { body: { currentPassword, password } })
    expect(await change('wrong', 'another good password')).toMatchObject({
      status: 403,
      body: { error: { code: 'PASSWORD_WRONG' } },
    })
    expect((await change(person.password, 'another good password')).status).toBe(204)
    expect((await other.ask('GET', '/api/v1/account')).status).toBe(401)
    expect((await person.browser.ask('GET', '/api/v1/account')).status).toBe(200)
    await expect(signIn(other, person)).rejects.toThrow('SIGN_IN_FAILED')
    await signIn(other, { ...person, password: 'another good password' })
  })

  it('is chosen by a link that works once', async () => {
    const { collector } = test
    const { userId, email, browser } = await createPerson(collector)
    const { body: link } = await ask(collector, 'POST', `/api/v1/users/${userId}/password-link`)
    const token = link.url.split('#')[1]
    const stranger = openBrowser(collector)
    expect((await stranger.ask('POST', '/api/v1/password/look', { body: { token } })).body).toMatchObject({ email })
    const choose = () => stranger.ask('POST', '/api/v1/password', { body: { token, password: 'chosen by the link' } })
    const both = await Promise.all([choose(), choose()])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404])
    expect(await choose()).toMatchObject({ status: 404, body: { error: { code: 'LINK_INVALID' } } })
    expect((await browser.ask('GET', '/api/v1/account')).status).toBe(401)
    await signIn(browser, { email, password: 'chosen by the link' })
  })
})

describe('an account', () => {
  it('has one e-mail address, whatever its case, and changes it for the password alone', async () => {
    const [one, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const change = (body: object) => one.browser.ask('PATCH', '/api/v1/account', { body })
    expect(await change({ email: 'new@example.net' })).toMatchObject({ status: 403 })
    expect(await change({ email: other.email.toUpperCase(), currentPassword: one.password })).toMatchObject({
      status: 409,
      body: { error: { code: 'EMAIL_TAKEN' } },
    })
    expect(await change({ email: `x${one.email}`, currentPassword: one.password })).toMatchObject({ status: 200 })
    expect(await change({ name: 'Renamed' })).toMatchObject({ status: 200, body: { name: 'Renamed' } })
  })

  it('that owns the installation last cannot be disabled or demoted, by two at once either', async () => {
    const { collector } = test
    const { body: users } = await ask(collector, 'GET', '/api/v1/users')
    const owners = users.filter((user: { ownsInstallation: boolean }) => user.ownsInstallation)
    const another = await createPerson(collector, { ownsInstallation: true })
    const all = [...owners.map((user: { id: string }) => user.id), another.userId]
    const answers = await Promise.all(
      all.map((id) => ask(collector, 'PATCH', `/api/v1/users/${id}`, { body: { ownsInstallation: false } })),
    )
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(1)
    const last = (await ask(collector, 'GET', '/api/v1/users')).body.find(
      (user: { ownsInstallation: boolean }) => user.ownsInstallation,
    )
    expect(await ask(collector, 'PATCH', `/api/v1/users/${last.id}`, { body: { disabled: true } })).toMatchObject({
      status: 409,
      body: { error: { code: 'OWNER_NEEDED' } },
    })
  })
})
