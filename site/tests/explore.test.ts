import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ask, until } from '@mctrack/collector/testing'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpDashboard, type TestNetwork } from './support/set-up-dashboard.ts'

const test = setUpDashboard()
const HOUR_MS = 3_600_000
const NOW_MS = Date.now()
/** What would run where text is taken for something else. */
const IMAGE = '<img src=x onerror=alert(1)>'
const SCRIPT = '</script><script>alert(1)</script>'
const FORMULA = '=HYPERLINK("http://example.net")'
const CROWD = 10_000
const LOOKS = [
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 360, height: 800 } },
] as const

const anna = randomUUID()
let network: TestNetwork
let crowded: TestNetwork

beforeAll(async () => {
  network = await test.createNetwork({ name: 'Axolotl' })
  const proxy = test.connect(network, `proxy ${IMAGE}`)
  const past = (daysAgo: number, name: string, uuid: string, hostname: string, reason: 'quit' | 'kick' = 'quit') => {
    const startedAtMs = NOW_MS - daysAgo * 24 * HOUR_MS - 2 * HOUR_MS
    proxy.addHistory({
      uuid,
      name,
      hostname,
      address: '8.8.8.8',
      startedAtMs,
      endedAtMs: startedAtMs + HOUR_MS,
      reason,
      afkMs: 600_000,
      switches: [
        { backend: 'lobby', atMs: startedAtMs },
        { backend: 'survival', atMs: startedAtMs + 600_000 },
      ],
      events: [
        {
          name: daysAgo === 3 ? SCRIPT : 'quest',
          properties: { [`<b>${IMAGE}`]: FORMULA, level: daysAgo, isHard: daysAgo % 2 === 0, giver: SCRIPT },
          atMs: startedAtMs + 60_000,
        },
      ],
    })
  }
  past(5, 'OldAnna', anna, 'play.example.net')
  past(1, 'Anna', anna, 'play.example.net', 'kick')
  past(2, 'Bert', randomUUID(), 'promo.example.net')
  past(3, IMAGE, randomUUID(), `${SCRIPT}.example.net`)
  past(4, FORMULA, randomUUID(), 'play.example.net')
  const online = proxy.join({ uuid: randomUUID(), name: 'Cleo', hostname: 'play.example.net' })
  online.switchTo('skyblock')

  crowded = await test.createNetwork({ name: 'Crowd' })
  const backend = test.connect(crowded, 'survival-1', 'backend')
  for (let index = 0; index < CROWD; index++) {
    const startedAtMs = NOW_MS - 3 * HOUR_MS - index * 1_000
    const name = `Player${String(index).padStart(5, '0')}`
    backend.addHistory({
      uuid: randomUUID(),
      name,
      hostname: 'x.example',
      startedAtMs,
      endedAtMs: startedAtMs + 60_000,
    })
  }
  await Promise.all([proxy.flush({ timeoutMs: 30_000 }), backend.flush({ timeoutMs: 60_000 })])
  const known = async ({ path }: TestNetwork, query: string) =>
    (await ask(test.collector, 'GET', `${path}/players?limit=500&${query}`)).body.players.length
  await until(
    () => known(network, 'sort=name'),
    (players) => players === 5,
    30_000,
  )
  await until(
    () => known(crowded, 'search=Player099'),
    (players) => players === 100,
    60_000,
  )
})

/** What a busy machine shows only after a while. */
const eventually = <Value>(get: () => Value | Promise<Value>) => expect.poll(get, { timeout: 20_000 })
const visit = (path: string, run: (page: Page) => Promise<void>, options?: object, person = network.person) =>
  test.visit(
    person,
    path,
    async (page) => {
      const dialogs: string[] = []
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message())
        void dialog.dismiss()
      })
      await run(page)
      expect(dialogs).toEqual([])
      expect(await page.locator('main img, main script').count()).toBe(0)
    },
    options,
  )
const search = (page: Page): string => decodeURIComponent(new URL(page.url()).search).replaceAll('+', ' ')
/** The cells of a CSV file as a spreadsheet reads them. */
const cellsOf = (csv: string): readonly string[] =>
  Array.from(csv.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g), ([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  )
const rows = (page: Page) => page.locator('main tbody tr:visible')
const names = (page: Page) => rows(page).locator('[data-player]').allTextContents()
const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let index = 0; index < 40 && !(await hasFocus(page, selector)); index++) await page.keyboard.press('Tab')
  expect(await hasFocus(page, selector)).toBe(true)
}
async function download(page: Page, link: string): Promise<string> {
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: link }).click()
  return readFile(await (await waiting).path(), 'utf8')
}

describe('players', () => {
  it('are found by typing, which Back passes over, and by filters, which it takes back', async () => {
    await visit('/app/players/', async (page) => {
      await eventually(() => rows(page).count()).toBe(5)
      const asked: string[] = []
      page.on('request', (request) => request.url().includes('/players?') && asked.push(request.url()))
      await page.getByRole('searchbox').pressSequentially('ann', { delay: 20 })
      await eventually(() => names(page)).toEqual(['Anna'])
      await eventually(() => search(page)).toBe('?q=ann')
      expect(asked).toHaveLength(1)
      await page.getByRole('searchbox').fill('')
      await eventually(() => rows(page).count()).toBe(5)

      await page.getByRole('button', { name: 'Add filter' }).focus()
      await page.keyboard.press('Enter')
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
      await page.keyboard.type('promo.example.net')
      await page.keyboard.press('Enter')
      await eventually(() => names(page)).toEqual(['Bert'])
      await eventually(() => search(page)).toBe('?domain=promo.example.net')
      await page.getByRole('button', { name: 'Add filter' }).click()
      await page.getByRole('button', { name: 'Platform' }).click()
      await page.getByRole('button', { name: 'Bedrock' }).click()
      await page.getByText('Nothing matches').waitFor()
      await page.goBack()
      await eventually(() => names(page)).toEqual(['Bert'])
      await page.goForward()
      await page.getByText('Nothing matches').waitFor()
      await page.getByRole('button', { name: 'Remove the filter Platform: Bedrock' }).click()
      await page.getByRole('button', { name: /Remove the filter Domain/ }).click()
      await eventually(() => rows(page).count()).toBe(5)
      await page.getByRole('button', { name: 'Player', exact: true }).click()
      await eventually(() => search(page)).toBe('?sort=name')
      await eventually(async () => (await names(page))[0]).toBe(IMAGE)
    })
  })

  it('have a profile that keys alone reach from the search, with a session behind it, and Back leads home', async () => {
    await visit('/app/players/', async (page) => {
      await page.getByRole('searchbox').focus()
      await page.keyboard.type('anna')
      await eventually(() => names(page)).toEqual(['Anna'])
      await tabTo(page, '[data-player]')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Anna' }).waitFor()
      await eventually(() => search(page)).toBe(`?q=anna&open=${anna}`)
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Anna')
      await page.getByText('OldAnna').waitFor()
      await page.getByText('1 h 40 min').first().waitFor()
      await page.getByRole('img', { name: /2 sessions on 5 days/ }).waitFor()
      const legend = page.getByRole('list', { name: 'Game modes, by number and colour' })
      expect(await legend.getByRole('listitem').allTextContents()).toEqual(['1survival', '2lobby'])
      await page.getByText('“=HYPERLINK("http://example.net")”').first().waitFor()

      await tabTo(page, 'a[aria-label^="Session of"]')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').getByText('Game modes in order').waitFor()
      await eventually(() => search(page)).toMatch(new RegExp(`^\\?player=${anna}&open=`))
      expect(await page.getByRole('dialog').getByRole('listitem').allTextContents()).toEqual([
        expect.stringMatching(/^1lobby.*10 min$/),
        expect.stringMatching(/^2survival.*50 min$/),
      ])
      await page.keyboard.press('Escape')
      await eventually(() => search(page)).toBe(`?player=${anna}`)
      await page.goBack()
      await page.getByRole('dialog').waitFor()
      await page.goBack()
      await page.getByRole('heading', { name: 'Anna' }).waitFor()
      await page.goBack()
      await eventually(() => names(page)).toEqual(['Anna'])
      await eventually(() => hasFocus(page, '[data-player]')).toBe(true)
      expect(await page.getByRole('searchbox').inputValue()).toBe('anna')
    })
  })

  it('are reached by keys alone from the moment somebody signs in', async () => {
    const person = await test.addMember(network)
    const { page, problems } = await test.open()
    try {
      await page.goto(`${test.collector.url}/sign-in/`)
      await tabTo(page, 'input[type=email]')
      await page.keyboard.type(person.email)
      await tabTo(page, 'input[type=password]')
      await page.keyboard.type(person.password)
      await page.keyboard.press('Enter')
      await page.waitForURL('**/app/**')
      await page.getByRole('region', { name: 'As it happens' }).waitFor()
      await tabTo(page, 'nav a[href^="/app/players/"]')
      await page.keyboard.press('Enter')
      await eventually(() => rows(page).count()).toBe(5)
      await tabTo(page, 'main input[type=search]')
      await page.keyboard.type('anna')
      await eventually(() => names(page)).toEqual(['Anna'])
      await tabTo(page, '[data-player]')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Anna' }).waitFor()
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Anna')
      // Whether somebody is signed in is asked with a 401 as an answer.
      expect(problems.filter((problem) => !/status of 401 .*\/api\/v1\/account$/.test(problem))).toEqual([])
    } finally {
      await page.context().close()
    }
  })

  it('are erased only by typing the name, and told what stays', async () => {
    const doomed = randomUUID()
    const proxy = test.connect(network, 'proxy-2')
    proxy.addHistory({
      uuid: doomed,
      name: 'Doomed',
      hostname: 'd.example',
      startedAtMs: NOW_MS - 9e6,
      endedAtMs: NOW_MS - 8e6,
      purchases: [
        {
          store: 'tebex',
          transactionId: 't-1',
          product: IMAGE,
          amountMinor: 499,
          currency: 'EUR',
          atMs: NOW_MS - 8.5e6,
        },
      ],
    })
    await proxy.flush({ timeoutMs: 10_000 })
    const find = async () => (await ask(test.collector, 'GET', `${network.path}/players?search=Doomed`)).body.players
    await until(find, ({ length }) => length === 1)
    await visit(`/app/players/?open=${doomed}`, async (page) => {
      await page.getByRole('cell', { name: IMAGE }).waitFor()
      expect(await page.getByRole('cell', { name: /^EUR.4.99$/ }).count()).toBe(1)
      const data = JSON.parse(await download(page, 'Export what is stored'))
      expect([data.sessions.length, data.purchases.length]).toEqual([1, 1])
      await page.getByRole('button', { name: 'Erase…' }).click()
      await page.getByText(/past counts of players online/).waitFor()
      const erase = page.getByRole('button', { name: 'Erase for good' })
      await page.getByLabel('Type Doomed to erase it').fill('doomed')
      expect(await erase.isDisabled()).toBe(true)
      await page.getByLabel('Type Doomed to erase it').fill('Doomed')
      await page.keyboard.press('Enter')
      await page.getByText('All that was stored of Doomed is erased').waitFor()
      await eventually(() => search(page)).toBe('')
      await eventually(() => rows(page).count()).toBe(5)
    })
    expect(await find()).toEqual([])
  })

  it('opt out on their page, and are recorded again from the settings', async () => {
    const uuid = randomUUID()
    const proxy = test.connect(network, 'proxy-3')
    const past = { startedAtMs: NOW_MS - 9e6, endedAtMs: NOW_MS - 8e6 }
    proxy.addHistory({ uuid, name: 'Shy', hostname: 'd.example', ...past })
    await proxy.flush({ timeoutMs: 10_000 })
    const find = async () => (await ask(test.collector, 'GET', `${network.path}/players?search=Shy`)).body.players
    await until(find, ({ length }) => length === 1)
    await visit(
      `/app/players/?open=${uuid}`,
      async (page) => {
        await page.getByRole('button', { name: 'Opt out…' }).click()
        await page.getByText(/are dropped, and they are not counted as online/).waitFor()
        await page.getByRole('button', { name: 'Record nothing' }).click()
        await page.getByText('Nothing of Shy is recorded any more').waitFor()
        await page.getByText(/^opted out on/).waitFor()
        expect(await page.getByRole('button', { name: 'Opt out…' }).count()).toBe(0)
        await page.getByRole('link', { name: 'Settings' }).click()
        await page.getByRole('tab', { name: 'Opt-outs' }).click()
        await page.getByRole('cell', { name: uuid, exact: true }).waitFor()
        await page.getByRole('button', { name: 'Add a player' }).click()
        await page.getByLabel('UUID of the player').fill('Shy')
        await page.getByRole('button', { name: 'Opt out', exact: true }).click()
        await page.getByText('Must be the UUID of a player.').waitFor()
        await page.getByRole('button', { name: 'Cancel' }).click()
        await page.getByRole('button', { name: `Record again: ${uuid}` }).click()
        await page.getByText('Nobody has opted out').waitFor()
      },
      { expected: [400] },
    )
    expect((await ask(test.collector, 'GET', `${network.path}/opt-outs`)).body).toEqual([])
    await ask(test.collector, 'POST', `${network.path}/players/${uuid}/erase`, { body: { player: 'Shy' } })
  })

  it('are given out as files whose cells are text', async () => {
    await visit('/app/players/?state=offline&sort=name', async (page) => {
      await eventually(() => rows(page).count()).toBe(4)
      await page.getByRole('button', { name: 'Export' }).click()
      const lines = (await download(page, 'CSV')).trim().split('\r\n')
      expect(lines).toHaveLength(5)
      expect(lines.find((line) => line.includes('HYPERLINK'))).toContain(`,"'=HYPERLINK(""http://example.net"")",`)
      expect(lines.every((line) => !/(?:^|,)"?=/.test(line))).toBe(true)
    })
  })

  it('are paged through by the thousand, back too, and given out whole', async () => {
    await test.visit(crowded.person, '/app/players/?sort=name', async (page) => {
      await eventually(async () => (await names(page)).at(-1)).toBe('Player00049')
      for (const last of ['Player00099', 'Player00149', 'Player00199']) {
        await page.getByRole('button', { name: 'Next' }).click()
        await eventually(async () => (await names(page)).at(-1)).toBe(last)
      }
      await page.getByRole('button', { name: 'Previous' }).click()
      await eventually(async () => (await names(page)).at(-1)).toBe('Player00149')
      await page.goBack()
      await eventually(async () => (await names(page)).at(-1)).toBe('Player00199')
      await page.reload()
      await eventually(async () => (await names(page)).at(-1)).toBe('Player00199')
      await page.getByRole('button', { name: 'Export' }).click()
      const lines = (await download(page, 'NDJSON')).trim().split('\n')
      expect(new Set(lines.map((line) => JSON.parse(line).playerId)).size).toBe(CROWD)
    })
  })
})

describe('sessions', () => {
  it('are chosen by what they were, and each shows what was played', async () => {
    await visit('/app/sessions/?reason=kick', async (page) => {
      await eventually(() => names(page)).toEqual(['Anna'])
      await page.getByRole('button', { name: 'Remove the filter Ended by: kicked' }).click()
      await eventually(() => rows(page).count()).toBe(6)
      await page.getByRole('button', { name: 'Add filter' }).click()
      await page.getByRole('button', { name: 'Game mode' }).click()
      await page.getByRole('button', { name: 'skyblock' }).click()
      await eventually(() => names(page)).toEqual(['Cleo'])
      await page.getByText('so far').waitFor()
      await page.getByRole('link', { name: /^Session of Cleo/ }).click()
      await page.getByRole('dialog').getByText(`proxy ${IMAGE}`).waitFor()
      await page.goBack()
      await eventually(() => page.getByRole('dialog').count()).toBe(0)
    })
    const { sessions } = (await ask(test.collector, 'GET', `${network.path}/sessions?player=${anna}`)).body
    // A link to a session that is not in the list.
    await visit(`/app/sessions/?range=today&reason=crash&open=${sessions[1].sessionId}`, async (page) => {
      await page.getByRole('heading', { name: 'Session of OldAnna' }).waitFor()
      await page.getByRole('dialog').getByText('Game modes in order').waitFor()
      await keepPictures(page, 'session', { ofWindow: true })
    })
  })
})

describe('events', () => {
  it('are counted by name and chosen by name, property and player, shown as what they are', async () => {
    await visit('/app/events/', async (page) => {
      await eventually(() => rows(page).count()).toBe(5)
      await page.getByRole('button', { name: /^quest 4/ }).click()
      await eventually(() => search(page)).toBe('?event=quest')
      await eventually(() => rows(page).count()).toBe(4)
      await page.getByRole('button', { name: 'isHard true' }).first().click()
      await eventually(() => rows(page).count()).toBe(2)
      await eventually(() => search(page)).toBe('?event=quest&property=isHard=true')
      await page.getByRole('button', { name: 'Remove all filters' }).first().click()
      await eventually(() => rows(page).count()).toBe(5)
      await page.getByRole('button', { name: /giver/ }).first().click()
      await eventually(() => search(page)).toContain(`property=giver=${SCRIPT}`)
      await eventually(() => rows(page).count()).toBe(5)
      await page.goBack()
      await page.getByRole('button', { name: 'Export' }).click()
      expect((await download(page, 'CSV')).trim().split('\r\n')).toHaveLength(6)
    })
  })
})

describe('files of', () => {
  const formulas = ['=1+1', '+1+1', '-1+1', '@SUM(1)']
  let other: TestNetwork
  beforeAll(async () => {
    other = await test.createNetwork({ name: 'Formulas' })
    const proxy = test.connect(other, 'proxy-1')
    for (const [index, name] of formulas.entries()) {
      const startedAtMs = NOW_MS - 3 * HOUR_MS + index
      proxy.addHistory({
        uuid: randomUUID(),
        name,
        hostname: 'play.example.net',
        startedAtMs,
        endedAtMs: startedAtMs + HOUR_MS,
        switches: [{ backend: name, atMs: startedAtMs }],
        events: [{ name: 'quest', properties: { depth: -64, note: name }, atMs: startedAtMs + 1 }],
      })
    }
    await proxy.flush({ timeoutMs: 10_000 })
    for (const list of ['players', 'sessions', 'events']) {
      await until(
        async () => (await ask(test.collector, 'GET', `${other.path}/${list}`)).body[list],
        ({ length }) => length === formulas.length,
      )
    }
  })

  it.each(['players', 'sessions', 'events'])('%s hold no formula, whatever a cell begins with', async (list) => {
    await visit(
      `/app/${list}/`,
      async (page) => {
        await eventually(() => rows(page).count()).toBe(formulas.length)
        await page.getByRole('button', { name: 'Export' }).click()
        const cells = cellsOf(await download(page, 'CSV'))
        expect(cells).toEqual(expect.arrayContaining(formulas.map((name) => `'${name}`)))
        expect(cells.filter((cell) => /^[=+\-@]/.test(cell) && Number.isNaN(Number(cell)))).toEqual([])
      },
      {},
      other.person,
    )
  })
})

it('says what went wrong and asks again when told, and keeps what it has with its age', async () => {
  await test.visit(
    await test.addMember(network),
    '/app/servers/',
    async (page) => {
      let isDown = true
      await page.route('**/api/v1/networks/*/players?**', (route) =>
        isDown
          ? route.fulfill({ status: 500, json: { error: { code: 'INTERNAL', message: 'It broke.' } } })
          : route.continue(),
      )
      await page.getByRole('link', { name: 'Players' }).first().click()
      await page.getByText('Code INTERNAL').waitFor()
      isDown = false
      await page.getByRole('button', { name: 'Try again' }).click()
      await eventually(() => rows(page).count()).toBe(5)
      isDown = true
      await page.getByRole('button', { name: /^as of/ }).click()
      await page.getByText(/old: asking again failed/).waitFor()
      expect(await rows(page).count()).toBe(5)
    },
    { expected: [500] },
  )
})

it('tells whoever may not see single players, and asks for none', async () => {
  const other = await test.createNetwork({ permissions: ['network.view'] })
  await test.visit(other.person, '/app/players/', async (page) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.getByText('You may not see single players').waitFor()
    expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Sessions' }).first().click()
    await page.getByText('You may not see single players').waitFor()
    expect(asked.filter((path) => /\/(?:players|sessions|events)$/.test(path))).toEqual([])
  })
})

describe('everybody can use', () => {
  const pages = [
    ['players', '/app/players/?domain=play.example.net'],
    ['player', `/app/players/?open=${anna}`],
    ['player-unknown', '/app/players/?open=nobody'],
    ['sessions', '/app/sessions/'],
    ['events', '/app/events/'],
    ['events-none', '/app/events/?event=never'],
  ] as const
  it.each(pages)('%s', async (name, path) => {
    // Somebody else: one person may ask a hundred things a minute and no more.
    const person = await test.addMember(network)
    for (const look of LOOKS) {
      await visit(
        path,
        async (page) => {
          await page.locator('main :is(tbody tr, p.font-medium):visible').first().waitFor()
          await eventually(() => page.locator('[aria-busy=true]:visible').count()).toBe(0)
          expect(await findBarriers(page)).toEqual([])
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width).toBeLessThanOrEqual(look.viewport.width)
          await keepPictures(page, name)
        },
        look,
        person,
      )
    }
  })
})
