import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** A real Chromium that needs no package of the system. */
export async function openBrowser(): Promise<Browser> {
  // The package looks at it to know which libraries to bring.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x'
  const { default: bundled } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: await bundled.executablePath(),
    // Of the package's own arguments none: one process for all would end with the first page, and it weakens the policy.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    headless: true,
  })
}

/** A page that remembers everything that went wrong in it. */
export interface WatchedPage {
  readonly page: Page
  /** Errors of the console and of scripts, violations of the policy included. */
  readonly problems: readonly string[]
}

/** Said of what is asked for ahead and used later than some seconds: on a busy machine, or by a page that comes next. */
const PRELOADED_TOO_SOON = /was preloaded using link preload but not used within a few seconds/

/** Opens a page in a context of its own. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (PRELOADED_TOO_SOON.test(message.text())) return
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()} ${new URL(message.location().url || 'about:blank').pathname}`)
  })
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`))
  return { page, problems }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with a page, each with the elements. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  // By the debugger's door, because the policy of the page refuses scripts inside it.
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const axe = (
      globalThis as unknown as {
        axe: {
          run(): Promise<{
            violations: Array<{ id: string; help: string; nodes: Array<{ html: string; failureSummary?: string }> }>
          }>
        }
      }
    ).axe
    const { violations } = await axe.run()
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 300)} ${failureSummary ?? ''}`),
    )
  })
}
