import { describe, expect, it } from 'vitest'
import { finishHtml } from './finish-html.ts'

const options = {
  source: 'docs/operations.md',
  urlBySource: new Map([
    ['sdk/README.md', '/docs/sdk/'],
    ['docs/operations.md', '/docs/operations/'],
  ]),
}

describe('links', () => {
  it.each([
    ['../sdk/README.md', '<a href="/docs/sdk/">x</a>'],
    ['../sdk/README.md#the-spool', '<a href="/docs/sdk/#the-spool">x</a>'],
    ['operations.md', '<a href="/docs/operations/">x</a>'],
    ['#ports', '<a href="#ports">x</a>'],
    ['/status/', '<a href="/status/">x</a>'],
    ['https://example.net/a', '<a href="https://example.net/a" rel="noreferrer">x</a>'],
    ['../docker-compose.yml', '<span class="doc-file">x</span>'],
    ['../../elsewhere/README.md', '<span class="doc-file">x</span>'],
  ])('to %s become %s', (href, expected) => {
    expect(finishHtml(`<a href="${href}">x</a>`, options)).toBe(expected)
  })
})

it('lets headings be linked to', () => {
  const html = finishHtml('<h2 id="ports">Ports &amp; <code>roles</code></h2>', options)

  expect(html).toContain('<a class="doc-anchor" href="#ports" aria-label="Link to: Ports &amp; roles">#</a></h2>')
})

it('names the column in every cell but the first, and leaves no heading empty', () => {
  const html = finishHtml(
    '<table><thead><tr><th></th><th>Means</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
    options,
  )

  expect(html).toContain('<td>a</td><td data-label="Means">b</td>')
  expect(html).toContain('<thead><tr><td></td><th>Means</th></tr></thead>')
})

it('aligns columns by class, because styles inside a page are refused', () => {
  const html = finishHtml('<table><tr><th style="text-align: right">n</th></tr></table>', options)

  expect(html).toContain('<th class="doc-right">n</th>')
})

it('lets wide code scroll by keyboard, and be copied', () => {
  expect(finishHtml('<pre class="language-sh"><code>ls</code></pre>', options)).toMatch(
    /^<pre tabindex="0" data-copy-code class="language-sh">/,
  )
})
