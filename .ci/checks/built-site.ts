import type { Check } from './check.ts'
import { listFiles, readText } from './files.ts'

/** What a page must not have under `default-src 'self'`, and what it would mean. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /<script\b(?![^>]*\bsrc=)[^>]*>/i, what: 'a script inside the page' },
  { pattern: /<style\b/i, what: 'a style inside the page' },
  { pattern: /<[a-z][^>]*\sstyle=/i, what: 'a style attribute' },
  { pattern: /<[a-z][^>]*\son[a-z]+=/i, what: 'a script in an attribute' },
  { pattern: /<(?:script|img|source|iframe)\b[^>]*\ssrc="?(?:https?:)?\/\//i, what: 'something from another host' },
  { pattern: /<link\b[^>]*\shref="?(?:https?:)?\/\//i, what: 'something from another host' },
]
const FORBIDDEN_IN_STYLES: typeof FORBIDDEN = [
  { pattern: /url\(["']?(?:https?:)?\/\//i, what: 'something from another host' },
  { pattern: /url\(["']?data:font/i, what: 'a font inside the style' },
  { pattern: /@import\b/i, what: 'an import' },
]

/** Holds that the built pages work under the collector's content security policy. Needs `site/dist`. */
export const checkBuiltSite: Check = (root) => {
  const files = listFiles(root, 'site/dist')
  const missing = ['site/dist/index.html', 'site/dist/404.html'].filter((path) => !files.includes(path))
  return [
    ...missing.map((path) => `There is no ${path}: the site was not built.`),
    ...findIn(root, files, '.html', FORBIDDEN),
    ...findIn(root, files, '.css', FORBIDDEN_IN_STYLES),
  ]
}

function findIn(
  root: string,
  files: readonly string[],
  ending: string,
  forbidden: typeof FORBIDDEN,
): readonly string[] {
  return files
    .filter((path) => path.endsWith(ending))
    .flatMap((path) => {
      const text = readText(root, path) ?? ''
      return forbidden.flatMap(({ pattern, what }) =>
        pattern.test(text) ? [`${path} has ${what}, which the content security policy refuses.`] : [],
      )
    })
}
