import { posix } from 'node:path'
import { lineOf, maskSource } from './mask.ts'

/**
 * How a file refers to another:
 * - `value`: loaded when the program runs
 * - `type`: `import type` or `export type`, gone before it runs
 * - `resolve`: only its address is asked for
 */
export type ImportKind = 'value' | 'type' | 'resolve'

/** One place where a file names another. */
export interface Import {
  readonly specifier: string
  readonly kind: ImportKind
  readonly line: number
}

const STATIC = /\b(?:import|export)\s+(type\s+)?(?:[\w$\s{},*]*?\bfrom\s*)?"(\d+)"/g
const DYNAMIC = /(\btypeof\s+)?\bimport\s*\(\s*"(\d+)"/g
const REQUIRE = /\brequire\s*\(\s*"(\d+)"/g
const RESOLVE = /\b(?:import\.meta|require)\.resolve\s*\(\s*"(\d+)"/g

/**
 * Finds imports, re-exports, dynamic imports and resolved addresses, in the order of their lines. `import { type A }` counts as `value`:
 * the module is loaded all the same.
 */
export function parseImports(source: string): readonly Import[] {
  const { code, texts } = maskSource(source)
  const imports: Import[] = []
  const add = (index: number, text: string | undefined, kind: ImportKind): void => {
    const specifier = texts[Number(text)]
    if (specifier !== undefined) imports.push({ specifier, kind, line: lineOf(code, index) })
  }
  for (const { 0: all, 1: type, 2: text, index } of code.matchAll(STATIC)) {
    add(index + all.length - 1, text, type === undefined ? 'value' : 'type')
  }
  for (const { 1: type, 2: text, index } of code.matchAll(DYNAMIC)) {
    add(index, text, type === undefined ? 'value' : 'type')
  }
  for (const { 1: text, index } of code.matchAll(REQUIRE)) add(index, text, 'value')
  for (const { 1: text, index } of code.matchAll(RESOLVE)) add(index, text, 'resolve')
  return imports.sort((left, right) => left.line - right.line)
}

/** Path, relative to the root, of the file that a relative specifier names; undefined for a package. */
export function resolveRelative(importer: string, specifier: string): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return undefined
  return posix.join(posix.dirname(importer), specifier.replace(/\?.*$/, ''))
}

/** Name of the package that a specifier belongs to, such as `@clickhouse/client` or `node:fs`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier.split('/', 1)[0] ?? specifier
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
