import type { Check } from './check.ts'
import { listFiles, readText } from './files.ts'
import { lineOf } from './mask.ts'

/**
 * Programs and tables of other packages that the site's build may load, each in a process that ends before a page is built:
 * the references are made from them. See docs/decisions/0026-references-are-made-while-the-site-is-built.md.
 */
const PRINTERS = new Set([
  'cli/src/reference/print-reference.ts',
  'collector/src/print-openapi.ts',
  'sdk/src/protocol/errors.ts',
])
const ANOTHER_PACKAGE = /['"`](?:\.\.\/)*((?:sdk|collector|cli|bridge)\/[\w./-]+\.[cm]?[jt]sx?)['"`]/g

/** Holds that the site's build reaches into other packages by the closed list alone, and that what is on it is there. */
export const checkSiteBuild: Check = (root) => {
  const files = listFiles(root, 'site/build').filter((path) => /\.[cm]?[jt]sx?$/.test(path))
  if (files.length === 0) return []
  const reached = files.flatMap((file) => {
    const text = readText(root, file) ?? ''
    return Array.from(text.matchAll(ANOTHER_PACKAGE), ({ 1: path = '', index }) => ({
      file,
      path,
      line: lineOf(text, index),
    }))
  })
  return [
    ...reached
      .filter(({ path }) => !PRINTERS.has(path))
      .map(
        ({ file, path, line }) =>
          `${file}:${line} reaches ${path}: the site's build starts only ${[...PRINTERS].join(', ')}.`,
      ),
    ...[...PRINTERS]
      .filter((path) => readText(root, path) === undefined)
      .map((path) => `There is no ${path}, which the site's build starts.`),
  ]
}
