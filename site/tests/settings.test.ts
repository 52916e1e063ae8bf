import { ask, connectRaw, createPerson, signIn, until } from '@mctrack/collector/testing'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpDashboard, type TestNetwork } from './support/set-up-dashboard.ts'

const test = setUpDashboard()
const dialog = (page: Page) => page.locator('dialog[open]')
const log = (page: Page) => page.locator('main ol')
/** A person may ask ten times a second, and no person is as fast as a test. */
const aMoment = (page: Page) => page.waitForTimeout(1_500)
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
/** How long an earlier secret works in a test. */
const GRACE_SECONDS = 6
interface TestMember {
  readonly userId: string
  readonly email: string
  readonly role: { readonly id: string }
}
/** Leaves the person of a network as its only member. */
async function withoutOthers({ path, person }: TestNetwork): Promise<void> {
  const { body } = await ask(test.collector, 'GET', `${path}/members`)
  for (const { userId } of body.filter((member: TestMember) => member.userId !== person.userId)) {
    await ask(test.collector, 'DELETE', `${path}/members/${userId}`)
  }
}
const pathOf = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search

describe('the settings', () => {
  it('change a network, and warn before its days are counted anew', async () => {
    const { person } = await test.createNetwork({ name: 'Axolotl' })
    await test.visit(
      person,
      '/app/settings/',
      async (page) => {
        await page.getByLabel('Name', { exact: true }).fill('Axolotl & Friends')
        await page.getByLabel('Time zone').fill('America/New_York')
        await page.getByText('Days are counted anew').waitFor()
        await page.getByLabel(/Seconds that sessions/).fill('4')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.locator('form [role=alert]:not(:empty)').first().waitFor()
        await page.getByLabel(/Seconds that sessions/).fill('60')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByText('Saved').first().waitFor()
        await page.getByRole('button', { name: /Axolotl & Friends/ }).waitFor()
        await aMoment(page)
        await tab(page, 'Audit log').click()
        await log(page).getByText('changed the network').first().waitFor()
        await log(page).getByText('America/New_York').first().waitFor()
        await page.getByLabel('What').selectOption('network.created')
        await log(page).getByText('changed the network').first().waitFor({ state: 'detached' })
        expect(pathOf(page)).toContain('type=network.created')
        await page.goBack()
        await log(page).getByText('changed the network').first().waitFor()
      },
      { expected: [422, 400] },
    )
  })

  it('keep details for as long as is set, ask before they keep less, and let that be taken back', async () => {
    const network = await test.createNetwork()
    const kept = async () => {
      const { body } = await ask(test.collector, 'GET', network.path)
      return [body.dataRetentionDays, body.dataRetentionFromMs]
    }
    await test.visit(
      network.person,
      '/app/settings/',
      async (page) => {
        const card = page.getByRole('region', { name: 'Data retention' })
        await card.getByText('Past CCU, gaps and counts of ingest stay').waitFor()
        await card.getByLabel('Keep details for').selectOption('1 year')
        await card.getByRole('button', { name: 'Set data retention' }).click()
        await dialog(page).getByText('What is older than 365 days is removed for good').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await dialog(page).getByRole('button', { name: 'Cancel' }).click()
        await dialog(page).waitFor({ state: 'detached' })
        expect(await kept()).toEqual([null, null])
        await card.getByRole('button', { name: 'Set data retention' }).click()
        await dialog(page).getByRole('button', { name: 'Remove what is older' }).click()
        await card.getByText(/What is older than 365 days is removed from \d+ \w+ \d{4}\./).waitFor()
        const [days, fromMs] = await kept()
        expect(days).toBe(365)
        const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/Berlin' }).format(fromMs)
        await card.getByText(`from ${when}.`).waitFor()
        await aMoment(page)

        await card.getByLabel('Keep details for').selectOption('another number of days')
        await card.getByLabel('Days that details are kept').fill('7')
        await card.getByRole('button', { name: 'Set data retention' }).click()
        await card.locator('[role=alert]:not(:empty)').first().waitFor()
        // More is kept at once, without a question.
        await card.getByLabel('Days that details are kept').fill('400')
        await card.getByRole('button', { name: 'Set data retention' }).click()
        await card.getByText('What is older than 400 days').waitFor()
        expect(await kept()).toEqual([400, fromMs])
        await aMoment(page)
        await card.getByLabel('Keep details for').selectOption('forever')
        await card.getByRole('button', { name: 'Set data retention' }).click()
        await card.getByText('What is older than').waitFor({ state: 'detached' })
        expect(await kept()).toEqual([null, null])
      },
      { expected: [422, 400] },
    )
  })

  it('revoke a key while a server is connected with it: they say what is cut, and it is cut', async () => {
    const network = await test.createNetwork()
    const client = test.connect(network, 'proxy-1')
    client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' })
    await until(
      () => client.status().link,
      (link) => link === 'connected',
    )
    await test.visit(network.person, '/app/settings/?tab=keys', async (page) => {
      await page.getByRole('button', { name: 'What to do with test' }).click()
      await page.getByRole('button', { name: 'Revoke' }).click()
      await dialog(page).getByText('This cuts 1 link:').waitFor()
      await dialog(page).getByText('proxy-1 with 1 online').waitFor()
      expect(await findBarriers(page)).toEqual([])
      await dialog(page).getByRole('button', { name: 'Revoke' }).click()
      await page.getByText('The key is revoked and its links are cut.').waitFor()
      await until(
        () => client.status(),
        ({ link }) => link === 'refused',
      )
      expect(client.status()).toMatchObject({ code: 'KEY_REVOKED' })
      await page.getByText('No key yet').waitFor()
      await page.getByLabel('Show revoked keys').check()
      await page.getByRole('row', { name: /test.*revoked/ }).waitFor()
      expect(pathOf(page)).toContain('state=revoked')
      await page.goBack()
      await page.getByText('No key yet').waitFor()
    })
  })

  it('replace a secret while a server is connected: the earlier one works for its grace time and no longer', async () => {
    const network = await test.createNetwork()
    const client = test.connect(network, 'proxy-1')
    await until(
      () => client.status().link,
      (link) => link === 'connected',
    )
    await test.visit(network.person, '/app/settings/?tab=keys', async (page) => {
      // Nobody waits an hour here; the page asks for one all the same.
      await page.route('**/rotate', (route) => {
        expect(route.request().postDataJSON()).toEqual({ graceSeconds: 3_600 })
        return route.continue({ postData: JSON.stringify({ graceSeconds: GRACE_SECONDS }) })
      })
      await page.getByRole('button', { name: 'What to do with test' }).click()
      await page.getByRole('button', { name: 'Replace the secret' }).click()
      await dialog(page).getByText('are cut off when it ends').waitFor()
      await dialog(page).getByLabel('The old secret ends').selectOption('in an hour')
      await dialog(page).getByRole('button', { name: 'Replace it' }).click()
      const secret = (await dialog(page).locator('code').textContent()) ?? ''
      expect(secret).toMatch(/^mct_/)
      expect(secret).not.toBe(network.key)
      await dialog(page)
        .getByText(/The old secret works until/)
        .waitFor()
      // Both are let in: the earlier one is not cut, and also connects anew.
      for (const key of [network.key, secret]) await (await connectRaw(test.collector.endpoint, key)).hello()
      expect(client.status().link).toBe('connected')
      await dialog(page).getByRole('button', { name: 'Done' }).click()
      await page.getByRole('row', { name: new RegExp(`test.*…${secret.slice(-4)}`) }).waitFor()
      await until(
        () => client.status(),
        ({ link }) => link === 'refused',
      )
      expect(client.status()).toMatchObject({ code: 'KEY_REVOKED' })
      await (await connectRaw(test.collector.endpoint, secret)).hello()
    })
  })

  it('show a key once, by keyboard alone', async () => {
    const { person } = await test.createNetwork()
    await test.visit(person, '/app/settings/?tab=keys', async (page) => {
      await page.getByRole('row', { name: /test/ }).waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('create an api')
      await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(['Create an API key'])
      await page.keyboard.press('Enter')
      await dialog(page).getByLabel('Name of the key').waitFor()
      await page.keyboard.type('lobby-1')
      await page.keyboard.press('Tab')
      await page.keyboard.type('Lobby')
      await page.keyboard.press('Enter')
      const secret = await dialog(page).locator('code').textContent()
      expect(secret).toMatch(/^mct_/)
      await dialog(page).getByRole('button', { name: 'Done' }).press('Enter')
      await page.getByRole('row', { name: /lobby-1.*only Lobby/ }).waitFor()
      expect(await page.content()).not.toContain(secret)
      expect(pathOf(page)).toBe('/app/settings/?tab=keys')
    })
  })

  it('offer a viewer nothing that they may not do, and the API refuses it anyway', async () => {
    const network = await test.createNetwork({ permissions: ['network.view', 'players.view'] })
    await test.visit(network.person, '/app/settings/', async (page) => {
      await tab(page, 'Members').waitFor()
      expect(await page.getByRole('tab').allTextContents()).toEqual(['Members'])
      expect(await page.getByText('Invite somebody').count()).toBe(0)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('create')
      await page.waitForTimeout(400)
      expect(await page.getByRole('option', { name: /Create/ }).count()).toBe(0)
      await page.keyboard.press('Escape')
      await aMoment(page)
      await aMoment(page)
      await page.goto(`${test.collector.url}/app/settings/?tab=keys`)
      await page.getByText('You may not see this part of the settings').waitFor()
      await aMoment(page)
      await page.goto(`${test.collector.url}/app/account/?tab=users`)
      await page.getByText('It is for owners of this installation.').waitFor()
    })
    const asked = await Promise.all(
      ['keys', 'invitations', 'audit'].map((name) => network.person.browser.ask('GET', `${network.path}/${name}`)),
    )
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  it('keep what was typed when the sign-in ends, and go on with it', async () => {
    const { person } = await test.createNetwork({ name: 'Before' })
    await test.visit(
      person,
      '/app/settings/',
      async (page) => {
        await page.getByLabel('Name', { exact: true }).fill('Typed for an hour')
        await person.browser.ask('DELETE', '/api/v1/account/sign-ins')
        // The live stream ends with the sign-in, so the page notices by itself.
        await dialog(page).getByText('You were signed out').waitFor()
        await dialog(page).getByRole('button', { name: 'I have signed in' }).click()
        await dialog(page).getByText('You are not signed in yet').waitFor()
        await aMoment(page)
        await signIn(person.browser, person)
        const [name = '', value = ''] = person.browser.cookie().split('=')
        await page.context().addCookies([{ name, value, url: test.collector.url }])
        await dialog(page).getByRole('button', { name: 'I have signed in' }).click()
        await dialog(page).waitFor({ state: 'detached' })
        expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Typed for an hour')
        await aMoment(page)
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByRole('button', { name: /Typed for an hour/ }).waitFor()
      },
      // A stream that is cut off in the middle is one more error to the browser.
      { expected: [401, 'ERR_INCOMPLETE_CHUNKED_ENCODING'] },
    )
  })

  it('invite, make roles, and give them', async () => {
    const network = await test.createNetwork()
    const colleague = await test.addMember(network)
    await test.visit(network.person, '/app/settings/?tab=roles', async (page) => {
      await page.getByRole('button', { name: 'Create a role' }).click()
      await dialog(page).getByLabel('Name of the role').fill('Moderator <b>')
      await dialog(page).getByLabel('Export rows as files').check()
      await dialog(page).getByRole('button', { name: 'Create' }).click()
      await page.getByText('Moderator <b>').waitFor()
      await aMoment(page)
      await tab(page, 'Members').click()
      await page
        .getByRole('row', { name: new RegExp(colleague.email) })
        .getByRole('button')
        .click()
      await page.getByRole('button', { name: 'Give another role' }).click()
      await dialog(page).getByLabel('Role').selectOption('Moderator <b>')
      await dialog(page).getByRole('button', { name: 'Save' }).click()
      await page.getByRole('row', { name: /Moderator <b>/ }).waitFor()
      await aMoment(page)
      await page.getByRole('link', { name: 'Invite somebody' }).click()
      await dialog(page).getByLabel('E-mail address').fill('new@example.net')
      await dialog(page).getByLabel('Role').selectOption('Analyst')
      await dialog(page).getByRole('button', { name: 'Make the link' }).click()
      expect(await dialog(page).locator('code').textContent()).toMatch(/\/invitation#/)
      await dialog(page).getByRole('button', { name: 'Done' }).click()
      await page
        .getByRole('row', { name: /new@example.net.*Analyst/ })
        .getByRole('button', { name: 'Cancel' })
        .click()
      await page.getByText('Nobody is invited').waitFor()
    })
  })

  it('hand the network over, which its only owner has to do before leaving it', async () => {
    const network = await test.createNetwork({ name: 'Handed over' })
    const { person } = network
    await withoutOthers(network)
    const heir = await createPerson(test.collector, { name: 'Juno' })
    await ask(test.collector, 'POST', `${network.path}/members`, { body: { email: heir.email, role: 'viewer' } })
    await test.visit(
      person,
      '/app/settings/?tab=members',
      async (page) => {
        const wish = async (of: string, what: string): Promise<void> => {
          await page.getByRole('button', { name: `What to do with ${of}` }).click()
          await page.getByRole('button', { name: what }).click()
        }
        await wish('Mira', 'Leave the network')
        await dialog(page).getByRole('button', { name: 'Leave the network' }).click()
        await dialog(page).getByText('OWNER_NEEDED').waitFor()
        await page.keyboard.press('Escape')

        await wish('Juno', 'Hand the network over')
        await dialog(page).getByText('Juno becomes owner of the network').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await dialog(page).getByRole('button', { name: 'Hand the network over' }).click()
        await page.getByText('The network has another owner.').waitFor()
        await page.getByRole('row', { name: /Juno.*Owner/ }).waitFor()
        await page.getByRole('row', { name: /Mira.*you.*Admin/ }).waitFor()
        // Whoever does not own it any more does not delete it.
        await tab(page, 'Delete').waitFor({ state: 'detached' })
        await aMoment(page)

        await wish('Mira', 'Leave the network')
        await dialog(page).getByText('Somebody has to invite you').waitFor()
        await dialog(page).getByRole('button', { name: 'Leave the network' }).click()
        await page.getByText('You have left the network.').waitFor()
        await page.getByText('No network yet').waitFor()
        expect(pathOf(page)).toBe('/app/live/')
        await aMoment(page)
        await page.goto(`${test.collector.url}/app/live/?network=${network.networkId}`)
        await page.getByText('Handed over').waitFor({ state: 'detached' })
      },
      // Live numbers are cut with the membership, and once more asked for before the page knows.
      { expected: [409, 404, 'ERR_INCOMPLETE_CHUNKED_ENCODING'] },
    )
    await signIn(person.browser, person)
    expect((await person.browser.ask('GET', `${network.path}/live`)).status).toBe(404)
    const { body } = await heir.browser.ask('GET', `${network.path}/members`)
    expect(body.map(({ email, role }: TestMember) => [email, role.id])).toEqual([[heir.email, 'owner']])
  })

  it('delete a network after its name was typed, and take that back', async () => {
    const { person } = await test.createNetwork({ name: 'Doomed' })
    await test.visit(
      person,
      '/app/settings/?tab=danger',
      async (page) => {
        await page.getByRole('button', { name: 'Delete the network…' }).click()
        await dialog(page).getByLabel('Type Doomed to confirm').fill('Something')
        await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click()
        await dialog(page).getByRole('alert').first().waitFor()
        await dialog(page).getByLabel('Type Doomed to confirm').fill('Doomed')
        await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click()
        await page.getByText('Doomed waits for its deletion').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await page.getByRole('button', { name: 'Take it back' }).click()
        await page.getByText('Doomed waits for its deletion').waitFor({ state: 'detached' })
      },
      { expected: [409, 422, 400] },
    )
  })
})

describe('the account', () => {
  it('changes the name, and the address only with the password', async () => {
    const { person } = await test.createNetwork()
    await test.visit(
      person,
      '/app/account/',
      async (page) => {
        await page.getByLabel('Name', { exact: true }).fill('Mira the <b>second</b>')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByTitle('Signed in as Mira the <b>second</b>').waitFor()
        await page.getByRole('textbox', { name: 'E-mail address' }).fill('mira.second@example.net')
        await page.getByRole('textbox', { name: 'Your password', exact: true }).fill('wrong')
        await page.getByRole('button', { name: 'Change the address' }).click()
        await page.getByText('PASSWORD_WRONG').waitFor()
        await page.getByRole('textbox', { name: 'Your password', exact: true }).fill(person.password)
        await page.getByRole('button', { name: 'Change the address' }).click()
        await page.getByText('PASSWORD_WRONG').waitFor({ state: 'detached' })
        await aMoment(page)
        await page.reload()
        await expect
          .poll(() => page.getByRole('textbox', { name: 'E-mail address' }).inputValue(), { timeout: 10_000 })
          .toBe('mira.second@example.net')
      },
      { expected: [403] },
    )
  })

  it('makes a token that works, shows it once, and revokes it', async () => {
    const { person, path } = await test.createNetwork()
    await test.visit(person, '/app/account/?tab=tokens', async (page) => {
      await page.getByRole('button', { name: 'Create a token' }).click()
      await dialog(page).getByLabel('Name of the token').fill('nightly')
      await dialog(page).getByRole('button', { name: 'Create' }).click()
      const secret = (await dialog(page).locator('code').textContent()) ?? ''
      await aMoment(page)
      await dialog(page).getByRole('button', { name: 'Done' }).click()
      const status = async (name: string) =>
        (await fetch(test.collector.url + path + name, { headers: { authorization: `Bearer ${secret}` } })).status
      expect(await status('/live')).toBe(200)
      expect(await status('/keys')).toBe(403)
      await aMoment(page)
      await page
        .getByRole('row', { name: /nightly/ })
        .getByRole('button', { name: 'Revoke' })
        .click()
      await page.getByRole('row', { name: /nightly.*revoked/ }).waitFor()
      expect(await status('/live')).toBe(401)
    })
  })

  it('lists sign-ins, ends others, and gives out all that is stored', async () => {
    const { person } = await test.createNetwork()
    const before = person.browser.cookie()
    await signIn(person.browser, person)
    const current = person.browser.cookie()
    await test.visit(person, '/app/account/?tab=sign-ins', async (page) => {
      await page.getByRole('row', { name: /this one/ }).waitFor()
      await page.getByRole('button', { name: 'Sign out all others' }).click()
      await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
      await tab(page, 'Your data').click()
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download it' }).click()
      expect((await download).suggestedFilename()).toBe('mctrack-account.json')
    })
    person.browser.setCookie(before === current ? '' : before)
    expect((await person.browser.ask('GET', '/api/v1/account')).status).toBe(401)
  })

  it('is deleted with its password, and taken back by who signs in again', async () => {
    const network = await test.createNetwork()
    await test.addMember(network)
    const { person } = network
    await test.visit(
      person,
      '/app/account/?tab=data',
      async (page) => {
        await page.getByRole('button', { name: 'Delete the account…' }).click()
        await dialog(page).getByLabel('Your password', { exact: true }).fill('wrong')
        await dialog(page).getByRole('button', { name: 'Delete it in seven days' }).click()
        await dialog(page).getByText('PASSWORD_WRONG').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await dialog(page).getByLabel('Your password', { exact: true }).fill(person.password)
        await dialog(page).getByRole('button', { name: 'Delete it in seven days' }).click()
        await page.waitForURL('**/sign-in/**')
        expect((await person.browser.ask('GET', '/api/v1/account')).status).toBe(401)

        await page.getByLabel('E-mail address').fill(person.email)
        await page.getByLabel('Password', { exact: true }).fill(person.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByText('Your account waits for its deletion').waitFor()
        await page.getByText(/It will be removed on .*, with your memberships/).waitFor()
        expect(await findBarriers(page)).toEqual([])
        await keepPictures(page, 'account-deletion')
        await aMoment(page)
        await page.getByRole('button', { name: 'Take it back' }).click()
        await page.getByText('The deletion is taken back.').waitFor()
        await page.getByText('Your account waits for its deletion').waitFor({ state: 'detached' })
      },
      { expected: [401, 403, 'ERR_INCOMPLETE_CHUNKED_ENCODING'] },
    )
    await signIn(person.browser, person)
    expect((await person.browser.ask('GET', '/api/v1/account')).body).toMatchObject({ user: { deleteAtMs: null } })
  })

  it('lets owners of the installation make accounts, and disable them', async () => {
    const owner = await createPerson(test.collector, { name: 'Owner', ownsInstallation: true })
    await test.visit(owner, '/app/account/?tab=users', async (page) => {
      await page.getByRole('button', { name: 'Create an account' }).click()
      await dialog(page).getByLabel('Name', { exact: true }).fill('Noa')
      await dialog(page).getByLabel('E-mail address').fill('noa@example.net')
      await dialog(page).getByRole('button', { name: 'Create' }).click()
      expect(await dialog(page).locator('code').textContent()).toMatch(/\/password#/)
      await dialog(page).getByRole('button', { name: 'Done' }).click()
      await page.getByRole('button', { name: 'What to do with Noa' }).click()
      await page.getByRole('button', { name: 'Disable' }).click()
      await dialog(page).getByRole('button', { name: 'Disable' }).click()
      await page.getByRole('row', { name: /Noa.*disabled/ }).waitFor()
      await tab(page, 'Installation log').click()
      await log(page).getByText('disabled an account').first().waitFor()
    })
  })
})

describe('every part', () => {
  it.each([
    ['dark', 1280],
    ['light', 360],
  ] as const)('can be used by everybody: %s, %d px', async (colorScheme, width) => {
    const network = await test.createNetwork({ name: 'Axolotl' })
    await test.addMember(network)
    const look = async (page: Page, of: string): Promise<void> => {
      for (const one of await page.getByRole('tab').all()) {
        await one.click()
        await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' })
        expect(await findBarriers(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        await keepPictures(page, `${of}-${(await one.textContent())?.toLowerCase().replace(' ', '-')}`)
      }
    }
    await test.visit(
      network.person,
      '/app/settings/',
      async (page) => {
        await look(page, 'settings')
        await page.getByRole('tab', { name: 'Keys' }).click()
        await page.getByRole('button', { name: 'What to do with test' }).click()
        expect(await findBarriers(page)).toEqual([])
        await keepPictures(page, 'settings-keys-menu', { ofWindow: true })
      },
      { colorScheme, viewport: { width, height: 800 } },
    )
    // An owner of the installation has every part of the account.
    const owner = await createPerson(test.collector, { name: 'Owner', ownsInstallation: true })
    await test.visit(owner, '/app/account/', (page) => look(page, 'account'), {
      colorScheme,
      viewport: { width, height: 800 },
    })
  })
})
