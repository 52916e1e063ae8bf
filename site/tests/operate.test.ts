import { randomUUID } from 'node:crypto'
import { ask, connectRaw, customEvent, LANE, until } from '@mctrack/collector/testing'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpDashboard, type TestNetwork, type VisitOptions } from './support/set-up-dashboard.ts'

const test = setUpDashboard()
const PLAYERS = [
  { name: 'Anna', hostname: 'play.example.net', backend: 'survival', protocolVersion: 774 },
  { name: 'Bert', hostname: 'play.example.net', backend: 'lobby', protocolVersion: 774 },
  { name: '<img src=x onerror=alert(1)>', hostname: 'promo.example.net', backend: 'lobby', protocolVersion: 774 },
]
/** What opening a page may ask in its first second: of ten a few are left for what somebody does at once. */
const ASKED_MAX = 7
/** What is asked for too often is refused, which the browser logs, and asked for again a moment later. */
const FASTER_THAN_PEOPLE = { expected: [429] }
const PATIENT = { timeout: 10_000 }
const LOOKS = [
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 360, height: 800 } },
] as const

let network: TestNetwork
let proxy: ReturnType<typeof test.connect>
let sessions: Array<ReturnType<typeof proxy.join>>

beforeAll(async () => {
  network = await test.createNetwork({ name: 'Axolotl' })
  proxy = test.connect(network, 'proxy-1')
  sessions = PLAYERS.map(({ name, hostname, backend, protocolVersion }) => {
    const session = proxy.join({ uuid: randomUUID(), name, hostname, protocolVersion, address: '8.8.8.8' })
    session.switchTo(backend)
    return session
  })
  const backend = test.connect(network, 'survival-1', 'backend')
  const raw = await connectRaw(test.collector.endpoint, network.key)
  await raw.hello({ server: ['old <b>proxy</b>', 1] })
  raw.snapshot(0, [])
  raw.batch(LANE.telemetry, 1, [
    customEvent('old', { atMs: 1 }),
    customEvent('older', { atMs: 2 }),
    customEvent('<script>alert(1)</script>', { properties: { nested: {} } }),
  ])
  await raw.acknowledged(LANE.telemetry, 3)
  raw.terminate()
  const counts = async () => (await ask(test.collector, 'GET', `${network.path}/live`)).body
  await until(counts, ({ byGamemode }) => byGamemode.survival === 1 && byGamemode.lobby === 2)
  const ingest = async () => (await ask(test.collector, 'GET', `${network.path}/ingest`)).body
  await until(ingest, ({ deadLetters }) => deadLetters === 3)
  const servers = async () => (await ask(test.collector, 'GET', `${network.path}/servers`)).body
  await until(servers, (list) => list.some(({ name }: { name: string }) => name === 'survival-1'))
  backend.gauges({ tps: 19.5, msptMean: 12, memoryUsedBytes: 2e9, players: 1 })
  await until(servers, (list) => list.some(({ gauges }: { gauges: unknown }) => gauges !== null))
})

const visit = async (path: string, run: (page: Page) => Promise<void>, options: VisitOptions = {}) =>
  test.visit(await test.addMember(network), path, run, options)
const search = (page: Page): string => new URL(page.url()).search
const onlineNow = (page: Page) => page.locator('[data-test=online-now] .sr-only').first()
const listed = (page: Page) =>
  page.getByRole('region', { name: 'Players online now' }).locator('tbody tr[aria-rowindex]')

describe('the live page', () => {
  it('shows how many, where and who, and changes with a join and a leave without being asked', async () => {
    await visit('/app/live/', async (page) => {
      await expect.poll(() => onlineNow(page).textContent(), PATIENT).toBe('3')
      await expect.poll(() => listed(page).count(), PATIENT).toBe(3)
      expect(await page.locator('main img').count()).toBe(0)
      const asked: string[] = []
      // The chart of the last day and what stands beside the navigation are asked for in time, whether anybody joins or not.
      page.on('request', (request) => void (/\/ccu\?|\/ingest$/.test(request.url()) || asked.push(request.url())))
      const joined = proxy.join({ uuid: randomUUID(), name: 'Newcomer', hostname: 'play.example.net' })
      await expect.poll(() => onlineNow(page).textContent(), PATIENT).toBe('4')
      const feed = page.getByRole('region', { name: 'What happened last' })
      await feed.getByText('Newcomer').first().waitFor()
      expect(await feed.getByText(/joined from play\.example\.net/).count()).toBeGreaterThan(0)
      await expect.poll(() => listed(page).count(), PATIENT).toBe(4)
      await page.getByRole('button', { name: 'Pause' }).click()
      joined.leave({ reason: 'quit' })
      await page.getByText('1 waiting').waitFor()
      await expect.poll(() => listed(page).count(), PATIENT).toBe(3)
      expect(await feed.getByText(/Newcomer left after/).count()).toBe(0)
      await page.getByRole('button', { name: 'Go on' }).click()
      await feed
        .getByText(/left after/)
        .first()
        .waitFor()
      expect(asked).toEqual([])
    })
  })

  it('filters who is online by the bars, by the name and by keys, all of it in the URL', async () => {
    await visit('/app/live/', async (page) => {
      await expect.poll(() => listed(page).count(), PATIENT).toBe(3)
      const lobby = page.getByRole('button', { name: /^lobby/ })
      await lobby.focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => search(page), PATIENT).toBe('?gamemode=lobby')
      await expect.poll(() => listed(page).count(), PATIENT).toBe(2)
      await page
        .getByRole('button', { name: /promo\.example\.net/ })
        .first()
        .click()
      await expect.poll(() => listed(page).count(), PATIENT).toBe(1)
      await page.getByText('1 of 3').waitFor()
      await page.goBack()
      await expect.poll(() => listed(page).count(), PATIENT).toBe(2)
      await page.getByRole('searchbox', { name: 'Filter by name' }).fill('BER')
      await expect.poll(() => search(page), PATIENT).toBe('?gamemode=lobby&q=BER')
      await expect.poll(() => listed(page).allTextContents()).toEqual([expect.stringContaining('Bert')])
      await page.getByRole('searchbox').fill('nobody')
      await page
        .getByRole('region', { name: 'Online now', exact: true })
        .getByRole('button', { name: 'Take all filters away' })
        .last()
        .click()
      await expect.poll(() => search(page), PATIENT).toBe('')
      await page.getByRole('button', { name: 'Player' }).click()
      await expect.poll(() => search(page), PATIENT).toBe('?sort=name')
      await expect.poll(() => listed(page).first().textContent()).toContain('<img src=x')
    })
  })

  it('looks closer at what somebody draws over the chart, and back', async () => {
    await visit('/app/live/', async (page) => {
      const box = await page.locator('.u-over').first().boundingBox()
      if (box === null) throw new Error('there is no chart')
      await page.mouse.move(box.x + box.width * 0.5, box.y + 40)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.75, box.y + 50, { steps: 5 })
      const asked = page.waitForRequest((request) => /\/ccu\?(?!.*by=)/.test(request.url()))
      await page.mouse.up()
      const [fromMs = 0, toMs = 0] = (new URL(page.url()).searchParams.get('range') ?? '').split('..').map(Number)
      expect(Math.round((toMs - fromMs) / 3_600_000)).toBe(6)
      expect((await asked).url()).toContain(`fromMs=${fromMs}`)
      await page.goBack()
      await page.getByRole('group', { name: 'Players online in the last 24 hours' }).waitFor()
    })
  })

  it('draws its chart in a browser that names its language as no other does', async () => {
    const person = await test.addMember(network)
    await test.visit(person, '/docs/', async (page) => {
      // As Chromium does on a system without a locale.
      await page.addInitScript(() =>
        Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true }),
      )
      await page.goto(`${test.collector.url}/app/live/`)
      await page.locator('.uplot canvas').first().waitFor()
    })
  })

  it('says what to do where no server reports, and shows no player to whom may not see them', async () => {
    const empty = await test.createNetwork({ name: 'Empty', permissions: ['network.view'] })
    await test.visit(empty.person, '/app/live/', async (page) => {
      await page.getByText('No server has connected yet').waitFor()
      await page.getByText('You may not see single players on this network').waitFor()
    })
  })
})

describe('the servers page', () => {
  it('shows how each is, and opens one by its name, whatever that is', async () => {
    await visit('/app/servers/', async (page) => {
      const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
      await row('proxy-1').getByText('connected').waitFor()
      expect(await row('survival-1').textContent()).toContain('19.5')
      await page.getByRole('link', { name: 'old <b>proxy</b>' }).click()
      await page.getByRole('heading', { name: 'old <b>proxy</b>' }).waitFor()
      await page.getByText('Nothing was reported in this time').first().waitFor()
      await page.goBack()
      await page.getByRole('link', { name: 'survival-1' }).click()
      await expect.poll(() => search(page), PATIENT).toBe('?open=survival-1')
      await page.getByRole('link', { name: /^test \(/ }).waitFor()
    })
  })

  it('renames game modes and merges them', async () => {
    await visit(
      '/app/servers/',
      async (page) => {
        await page.getByRole('button', { name: 'Rename or merge survival' }).click()
        await page.getByRole('combobox', { name: 'Game mode' }).fill('lobby')
        await page.getByText(/1 other backend counts as lobby already/).waitFor()
        await page.keyboard.press('Enter')
        await page.getByText('survival counts as lobby now').waitFor()
        await expect
          .poll(async () => (await ask(test.collector, 'GET', `${network.path}/live`)).body.byGamemode)
          .toEqual({ lobby: 3 })
        // Live counts by the names that are given now, also who was online before.
        const live = page.getByRole('link', { name: /^Live/ }).first()
        const servers = page.getByRole('link', { name: /^Servers/ }).first()
        const gamemodes = page.getByRole('region', { name: 'By game mode' }).getByRole('listitem')
        await live.click()
        await expect.poll(() => gamemodes.allTextContents(), PATIENT).toEqual(['lobby3'])
        await servers.click()
        await page.getByRole('button', { name: 'Rename or merge survival' }).click()
        await page.getByRole('combobox', { name: 'Game mode' }).fill('Survival & <b>more</b>')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
        await live.click()
        await expect.poll(() => gamemodes.allTextContents(), PATIENT).toEqual(['lobby2', 'Survival & <b>more</b>1'])
        await servers.click()
        await page.getByRole('button', { name: 'Rename or merge survival' }).click()
        await page.getByRole('combobox', { name: 'Game mode' }).fill('survival')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
      },
      FASTER_THAN_PEOPLE,
    )
  })
})

describe('the page of ingest health', () => {
  it('shows what was refused as text, tries it again, and discards it', async () => {
    await visit(
      '/app/health/',
      async (page) => {
        const navigation = page.getByRole('link', { name: /Ingest health/ }).first()
        await expect.poll(() => navigation.textContent(), PATIENT).toContain('3')
        const letters = page.getByRole('tabpanel').getByRole('listitem')
        await expect.poll(() => letters.count(), PATIENT).toBe(3)
        await page.getByLabel('Refused because of').selectOption('PROPERTIES_INVALID')
        await expect.poll(() => letters.count(), PATIENT).toBe(1)
        await expect.poll(() => search(page), PATIENT).toBe('?reason=PROPERTIES_INVALID')
        await letters.getByRole('button', { name: /^Look at/ }).click()
        await page.getByRole('region', { name: 'What was sent' }).getByText('<script>alert(1)</script>').waitFor()
        await letters.getByRole('button', { name: 'Try again' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click()
        await page.getByText('It was refused again').waitFor()
        await page.goBack()
        await expect.poll(() => letters.count(), PATIENT).toBe(3)
        await letters.first().getByRole('button', { name: 'Discard' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
        await page.getByText('It was discarded').waitFor()
        await expect.poll(() => letters.count(), PATIENT).toBe(2)
        await expect.poll(() => navigation.textContent(), PATIENT).toContain('2')
        await page.getByRole('tab', { name: 'Discarded' }).click()
        await expect.poll(() => letters.count(), PATIENT).toBe(1)
      },
      // Nobody decides so fast: what is asked for too often is asked for again a moment later.
      { expected: [422, 429] },
    )
  })
})

describe('opening a page', () => {
  it.each([
    '/app/live/',
    '/app/players/',
    '/app/sessions/',
    '/app/events/',
    '/app/servers/',
    '/app/health/',
    '/app/settings/',
    '/app/account/',
  ])('asks each thing once, and less than a person may ask in a second: %s', async (path) => {
    const person = await test.addMember(network)
    await test.visit(person, '/docs/', async (page) => {
      const asked: Array<{ readonly what: string; readonly atMs: number }> = []
      page.on('request', (request) => {
        const { pathname, search } = new URL(request.url())
        if (pathname.startsWith('/api/')) asked.push({ what: pathname + search, atMs: Date.now() })
      })
      await page.goto(test.collector.url + path)
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
      await page.waitForTimeout(2_000)
      expect(new Set(asked.map(({ what }) => what)).size).toBe(asked.length)
      const firstAtMs = asked[0]?.atMs ?? 0
      expect(asked.filter(({ atMs }) => atMs < firstAtMs + 1_000).length).toBeLessThanOrEqual(ASKED_MAX)
    })
  })

  it('one after the other as fast as keys go shows no error', async () => {
    await visit(
      '/app/live/',
      async (page) => {
        for (const letter of ['v', 'h', 's', 'e', 'p', 't', 'l', 'v', 'h', 'p']) {
          await page.keyboard.press('g')
          await page.keyboard.press(letter)
        }
        await page.getByRole('link', { name: 'Anna' }).waitFor()
        expect(await page.getByText('RATE_LIMITED').count()).toBe(0)
        expect(await page.getByText('This could not be loaded').count()).toBe(0)
      },
      // The browser's own log has it; the page asks again by itself.
      { expected: [429] },
    )
  })
})

describe('all of them', () => {
  it.each(LOOKS)('can be used by everybody: $colorScheme, $viewport.width px', async (options) => {
    const person = await test.addMember(network)
    for (const [name, path] of [
      ['live', '/app/live/?gamemode=lobby'],
      ['servers', '/app/servers/'],
      ['server', '/app/servers/?open=survival-1'],
      ['health', '/app/health/'],
    ] as const) {
      await test.visit(
        person,
        path,
        async (page) => {
          await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
          await page.locator('main h2').first().waitFor()
          expect(await findBarriers(page)).toEqual([])
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width).toBeLessThanOrEqual(options.viewport.width)
          await keepPictures(page, name)
        },
        { ...options, ...FASTER_THAN_PEOPLE },
      )
    }
    expect(sessions).toHaveLength(3)
  })
})
