import { connectRaw, createPerson } from '@mctrack/collector/testing'
import { createClient } from '@mctrack/sdk'
import { describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpDashboard } from './support/set-up-dashboard.ts'

const test = setUpDashboard()
const TEN_MINUTES_MS = 600_000

describe('the first run', () => {
  it('leads from nothing to a player of a real server, and says on the way what goes wrong', async () => {
    const person = await createPerson(test.collector, { name: 'Mira', ownsInstallation: true })
    await test.visit(person, '/app/', async (page) => {
      await page.getByRole('link', { name: 'Create a network' }).click()
      await page.getByLabel('Name', { exact: true }).fill('Axolotl <img src=x>')
      await page.getByLabel('Time zone').fill('Europe/Berlin')
      await page.getByLabel('Currency').selectOption('CHF')
      await page.getByRole('button', { name: 'Create the network' }).click()
      await page.getByRole('heading', { name: 'Create a key' }).waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Create the key' }).click()
      await page.getByText('Waiting for a server').waitFor()
      const key = (await page.locator('code').first().textContent()) ?? ''
      expect(key).toMatch(/^mct_/)
      expect(page.url()).not.toContain(key)
      expect(await page.locator('pre').textContent()).toContain(key)
      await page.getByRole('tab', { name: 'HTTP' }).click()
      expect(await page.locator('pre').textContent()).toContain(`X-API-Key: ${key}`)
      await page.getByRole('tab', { name: 'Velocity' }).click()
      await page.getByText('The bridge is not there yet').waitFor()

      const late = await connectRaw(test.collector.endpoint, key)
      late.sendHello({ nowMs: Date.now() - TEN_MINUTES_MS })
      await page.getByText('CLOCK_OFF').waitFor()
      await page.getByText(/clock is more than five minutes off/).waitFor()
      expect(await findBarriers(page)).toEqual([])
      await keepPictures(page, 'start-refused')

      const client = createClient({
        key,
        endpoint: test.collector.endpoint,
        server: { name: 'proxy-1', kind: 'proxy' },
        spool: { directory: false },
      })
      try {
        await page.getByText('The key was accepted').waitFor()
        await page.getByText(/^proxy-1 · /).waitFor()
        await page.getByText('One attempt was refused').waitFor()
        client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' })
        await page.getByRole('heading', { name: 'Your first player is here' }).waitFor()
        await page.getByText('The first player joined').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await keepPictures(page, 'start-done')

        // The key is nowhere but in the page that made it.
        await page.reload()
        await page.getByText('The key itself is not shown again').waitFor()
        expect(await page.content()).not.toContain(key)
        expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain(
          key,
        )

        // A person may ask ten times a second, and no person is as fast as a test.
        await page.waitForTimeout(1_100)
        await page.getByRole('link', { name: 'Go to Live' }).click()
        await page.waitForURL('**/app/live/**')
        await page.getByText('Notch').first().waitFor()
      } finally {
        await client.close({ timeoutMs: 1_000 })
      }
    })
  })

  it('says that a program is too old, and what to do', async () => {
    const person = await createPerson(test.collector, { ownsInstallation: true })
    await test.visit(person, '/app/start/', async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('Axolotl')
      await page.getByRole('button', { name: 'Create the network' }).click()
      // A person may ask ten times a second, and no person is as fast as a test.
      await page.waitForTimeout(1_500)
      await page.getByRole('button', { name: 'Create the key' }).click()
      await page.getByText('Waiting for a server').waitFor()
      const key = (await page.locator('code').first().textContent()) ?? ''
      const old = await connectRaw(test.collector.endpoint, key)
      old.sendHello({ version: 0 })
      expect((await old.closed).code).toBe(4426)
      await page.getByText('VERSION_UNSUPPORTED').waitFor()
      await page.getByText(/Update the SDK or the bridge/).waitFor()
      await page.getByRole('link', { name: 'What the code means' }).waitFor()
      await page.getByText('A server reached the collector').waitFor()
      expect(await findBarriers(page)).toEqual([])
      const updated = await connectRaw(test.collector.endpoint, key)
      await updated.hello()
      await page.getByText('The key was accepted').waitFor()
      await page.getByText('One attempt was refused').waitFor()
      updated.close()
    })
  })

  it('is not offered to who may not create networks', async () => {
    const person = await createPerson(test.collector)
    await test.visit(person, '/app/', async (page) => {
      await page.getByText('Ask an owner of a network for an invitation').waitFor()
      expect(await page.getByRole('link', { name: 'Create a network' }).count()).toBe(0)
      await keepPictures(page, 'no-network')
      await page.goto(`${test.collector.url}/app/start/`)
      await page.getByText('You may not create networks here').waitFor()
    })
  })

  it('loads a network that is only played, marks it on every page, and removes it', async () => {
    const person = await createPerson(test.collector, { ownsInstallation: true })
    await test.visit(person, '/app/start/', async (page) => {
      await page.getByRole('button', { name: 'Load the demo network' }).click()
      await page
        .getByText(/Making it ready|Playing its past|Storing|Counting|The demo network is there/)
        .first()
        .waitFor()
      expect(await findBarriers(page)).toEqual([])
      await keepPictures(page, 'start-demo')
      await page.getByRole('link', { name: 'Open it' }).click()
      const mark = page.getByRole('banner').getByRole('button', { name: 'demo' })
      await mark.waitFor()
      await page.getByRole('link', { name: 'Players' }).first().click()
      await mark.click()
      await page.getByText('Nothing here is real').waitFor()
      await page.getByRole('button', { name: 'Remove the demo network' }).click()
      await page.getByText('The demo network is gone').waitFor({ timeout: 40_000 })
      await mark.waitFor({ state: 'detached' })
    })
  })

  it.each([
    ['dark', 360],
    ['light', 1280],
    ['light', 360],
  ] as const)('can be used by everybody: %s, %d px', async (colorScheme, width) => {
    const person = await createPerson(test.collector, { ownsInstallation: true })
    await test.visit(
      person,
      '/app/start/',
      async (page) => {
        const look = async (name: string): Promise<void> => {
          expect(await findBarriers(page)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
          await keepPictures(page, name)
        }
        await page.getByText('Look around with a demo network').waitFor()
        await look('start-network')
        await page.getByLabel('Name', { exact: true }).fill('A network with quite a long name that is cut somewhere')
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { name: 'Create a key' }).waitFor()
        await look('start-key')
        await page.getByLabel('Name of the key').press('Enter')
        await page.getByText('Waiting for a server').waitFor()
        await look('start-wait')
      },
      { colorScheme, viewport: { width, height: 800 } },
    )
  })
})
