/**
 * What the live page costs whoever opens it, in a real Chromium before a real collector with a day of history and
 * 5,000 players online: its code, its first paint on a slow machine, scrolling the list of who is online, and the time
 * from a join to the number while 50 other screens are open.
 *
 *     node site/bench/live-page.ts --site site/dist [--players 5000] [--joins 100] [--screens 50] [--loads 5]
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { ask, createNetwork, createPerson, signIn, startTestCollector, until } from '@mctrack/collector/testing'
import { createClient } from '@mctrack/sdk'
import type { Page } from 'playwright-core'
import { FIRST_CHART_BYTES_MAX, weighPages } from '../build/bundle-budget.ts'
import { openBrowser, openPage } from '../tests/support/open-browser.ts'
import { openBarePage } from './lib/bare-page.ts'

const { values: flags } = parseArgs({
  options: {
    site: { type: 'string', default: 'site/dist' },
    players: { type: 'string', default: '5000' },
    joins: { type: 'string', default: '100' },
    screens: { type: 'string', default: '50' },
    loads: { type: 'string', default: '5' },
  },
})
const SITE = resolve(flags.site)
const [PLAYERS, JOINS, SCREENS, LOADS] = [flags.players, flags.joins, flags.screens, flags.loads].map(Number) as [
  number,
  number,
  number,
  number,
]
const CLI = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))
const SLOWER = 4
const SCROLLED_MS = 5_000
const SETTLED_MS = 4_000
const FRAME_MS = 1_000 / 60

interface Load {
  readonly paintMs: number
  readonly shift: number
  readonly what: string
}

/** Runs in the page before its own code; what was seen is a property of the window. */
const WATCH = `
  window.seen = { paintMs: 0, shift: 0, what: '' }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.paintMs = entry.startTime
      seen.what = entry.element?.outerHTML.slice(0, 60) ?? ''
    }
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })`

const collector = await startTestCollector({ env: { MCTRACK_SITE_DIR: SITE } })
const network = await createNetwork(collector, { name: 'Bench', timeZone: 'Europe/Berlin' })
const person = await createPerson(collector)
await ask(collector, 'POST', `${network.path}/members`, { body: { email: person.email, role: 'owner' } })
await signIn(person.browser, person)
// The chart has a day and the same day a week ago to draw.
await promisify(execFile)(process.execPath, [
  '--disable-warning=ExperimentalWarning',
  CLI,
  ...['simulate', '--players', '200', '--history', '8d'],
  ...['--key', network.key, '--endpoint', collector.endpoint],
  ...['--url', collector.url, '--token', collector.token],
])
const client = createClient({
  key: network.key,
  endpoint: collector.endpoint,
  server: { name: 'bench-proxy', kind: 'proxy' },
  spool: { directory: false },
})
const GAMEMODES = ['lobby', 'survival', 'skyblock', 'bedwars', 'creative'] as const
const join = (number: number): void => {
  const player = { uuid: randomUUID(), name: `Player${number}`, hostname: `play${number % 7}.example.net` }
  client.join({ ...player, address: '8.8.8.8' }).switchTo(GAMEMODES[number % GAMEMODES.length] ?? 'lobby')
}
for (let number = 0; number < PLAYERS; number++) join(number)
const total = async (): Promise<number> => (await ask(collector, 'GET', `${network.path}/live`)).body.total
await until(total, (online) => online === PLAYERS, 60_000)

const browser = await openBrowser()
async function open(): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  const [name = '', value = ''] = person.browser.cookie().split('=')
  await page.context().addCookies([{ name, value, url: collector.url }])
  await page.goto(`${collector.url}/app/live/`)
  return page
}

/** What the browser itself says of a load: the instant of the largest paint, and how far things moved. */
async function measureLoad(): Promise<Load> {
  const page = await openBarePage(browser, { width: 1440, height: 900 })
  const [name = '', value = ''] = person.browser.cookie().split('=')
  await page.send('Network.setCookie', { name, value, url: collector.url })
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'dark' }] })
  await page.send('Page.enable')
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: WATCH })
  await page.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.send('Page.navigate', { url: `${collector.url}/app/live/` })
  await sleep(SETTLED_MS)
  const load = await page.evaluate<Load & { readonly hasChart: boolean }>(
    "({ ...seen, hasChart: document.querySelector('.uplot canvas') !== null })",
  )
  await page.close()
  if (!load.hasChart) throw new Error(`no chart after ${SETTLED_MS} ms`)
  return load
}

/** Scrolls the list as fast as somebody can, and notes the time between frames and what of it the page worked. */
async function measureScrolling(): Promise<{ readonly framesMs: readonly number[]; readonly workMs: number }> {
  const page = await open()
  const list = page.getByRole('region', { name: 'Players online now' })
  await list.locator('tbody tr[aria-rowindex]').first().waitFor()
  await page.locator(`table[aria-rowcount="${PLAYERS + 1}"]`).waitFor()
  await list.scrollIntoViewIfNeeded()
  await sleep(SETTLED_MS)
  const session = await page.context().newCDPSession(page)
  // Time of the processor, so that what else runs on the machine is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
  }
  const before = await worked()
  const framesMs = await list.evaluate(
    (element, lengthMs) =>
      new Promise<number[]>((done) => {
        const frames: number[] = []
        const beganMs = performance.now()
        let lastMs = beganMs
        function step(nowMs: number): void {
          frames.push(nowMs - lastMs)
          lastMs = nowMs
          element.scrollTop += 240
          if (element.scrollTop + element.clientHeight >= element.scrollHeight) element.scrollTop = 0
          if (nowMs - beganMs < lengthMs) requestAnimationFrame(step)
          else done(frames.slice(1))
        }
        requestAnimationFrame(step)
      }),
    SCROLLED_MS,
  )
  const workMs = ((await worked()) - before) / framesMs.length
  await page.context().close()
  return { framesMs, workMs }
}

/** From the call of the SDK to the frame that shows the new number. */
async function measureJoins(): Promise<readonly number[]> {
  const closing = new AbortController()
  for (let screen = 0; screen < SCREENS; screen++) {
    const answer = await fetch(`${collector.url}${network.path}/live/stream`, {
      headers: { authorization: `Bearer ${collector.token}` },
      signal: closing.signal,
    })
    void answer.body?.pipeTo(new WritableStream()).catch(() => undefined) // Ends with the measurement.
  }
  const page = await open()
  const number = page.locator('[data-test=online-now] .sr-only').first()
  await number.waitFor({ state: 'attached' })
  await sleep(SETTLED_MS)
  await page.evaluate(() => {
    const shown: Array<[number, number]> = []
    Object.assign(window, { shown })
    const card = document.querySelector('[data-test=online-now]')
    const note = (): void => {
      const count = Number(card?.querySelector('.sr-only')?.textContent?.replace(/\D/g, ''))
      requestAnimationFrame(() => shown.push([count, performance.timeOrigin + performance.now()]))
    }
    if (card !== null) new MutationObserver(note).observe(card, { subtree: true, characterData: true, childList: true })
  })
  const joinedMs = new Map<number, number>()
  for (let index = 1; index <= JOINS; index++) {
    joinedMs.set(PLAYERS + index, performance.timeOrigin + performance.now())
    join(PLAYERS + index)
    await sleep(300 + Math.random() * 500)
  }
  await sleep(1_000)
  const shown = await page.evaluate(() => (window as unknown as { shown: Array<[number, number]> }).shown)
  closing.abort()
  await page.context().close()
  return Array.from(joinedMs, ([count, atMs]) => {
    const seen = shown.find(([at]) => at >= count)
    return seen === undefined ? Number.POSITIVE_INFINITY : seen[1] - atMs
  })
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const page = weighPages(SITE).find(({ chunk }) => chunk.includes('live-page'))
console.log(
  `Load of the machine: ${loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')} on ${availableParallelism()} cores`,
)
console.log(`JavaScript until the first chart: ${page?.gzipBytes} bytes gzip, wanted < ${FIRST_CHART_BYTES_MAX}`)

const loads = []
for (let load = 0; load < LOADS; load++) loads.push(await measureLoad())
const paints = loads.map(({ paintMs }) => paintMs)
console.log(
  `Largest contentful paint, ${SLOWER} × slower CPU: ${paints.map(Math.round).join(', ')} ms, wanted < 1,000: ${loads.at(-1)?.what}`,
)
console.log(`Layout shift: ${loads.map(({ shift }) => shift.toFixed(4)).join(', ')}, wanted < 0.02`)

const { framesMs, workMs } = await measureScrolling()
const late = framesMs.filter((frameMs) => frameMs > 1.5 * FRAME_MS).length
console.log(
  `Scrolling ${PLAYERS} players: ${(1_000 / (framesMs.reduce((sum, one) => sum + one, 0) / framesMs.length)).toFixed(1)} frames a second, ` +
    `p50 ${percentile(framesMs, 0.5).toFixed(1)}, p99 ${percentile(framesMs, 0.99).toFixed(1)} ms; ` +
    `${late} of ${framesMs.length} frames late; the page needs ${workMs.toFixed(1)} ms of the processor for a frame of ${FRAME_MS.toFixed(1)}`,
)

const joins = await measureJoins()
console.log(
  `Join to number, ${SCREENS} streams open: p50 ${percentile(joins, 0.5).toFixed(0)}, p99 ${percentile(joins, 0.99).toFixed(0)}, ` +
    `most ${Math.max(...joins).toFixed(0)} ms of ${joins.length}, wanted p99 < 250`,
)

await browser.close()
await client.close({ timeoutMs: 1_000 })
await collector.remove()
