import { expect, it } from 'vitest'
import { checkBuiltSite } from './built-site.ts'
import { createFixtureTree } from './fixture-tree.ts'

const PAGE =
  '<html><head><link rel="stylesheet" href="/_astro/a.css"></head><body class="x"><a href="https://example.net">x</a><svg fill="none"></svg><script type="module" src="/_astro/a.js"></script></body></html>'
const SOUND = {
  'site/dist/index.html': PAGE,
  'site/dist/404.html': PAGE,
  'site/dist/_astro/a.css': '@font-face{src:url(/_astro/a.woff2)}a{background:url("data:image/svg+xml,x")}',
}

function check(changes: Readonly<Record<string, string>>): readonly string[] {
  return checkBuiltSite(createFixtureTree({ ...SOUND, ...changes }))
}

it('takes pages whose scripts and styles are files of ours', () => {
  expect(check({})).toEqual([])
})

it('says when the site was not built', () => {
  expect(checkBuiltSite(createFixtureTree({ 'README.md': '' }))).toHaveLength(2)
})

it.each([
  ['site/dist/index.html', '<script>a()</script>', 'a script inside the page'],
  ['site/dist/index.html', '<script type="module">a()</script>', 'a script inside the page'],
  ['site/dist/404.html', '<style>a{}</style>', 'a style inside the page'],
  ['site/dist/index.html', '<p class="a" style="color:red">', 'a style attribute'],
  ['site/dist/index.html', '<button onclick="a()">', 'a script in an attribute'],
  ['site/dist/index.html', '<script src="https://example.net/a.js"></script>', 'something from another host'],
  ['site/dist/index.html', '<link rel="stylesheet" href="//example.net/a.css">', 'something from another host'],
  ['site/dist/_astro/a.css', 'a{background:url(https://example.net/a.png)}', 'something from another host'],
  ['site/dist/_astro/a.css', '@font-face{src:url(data:font/woff2;base64,x)}', 'a font inside the style'],
])('refuses %s with %s', (path, text, what) => {
  expect(check({ [path]: text })).toEqual([`${path} has ${what}, which the content security policy refuses.`])
})
