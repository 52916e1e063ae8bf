import type { Check } from './check.ts'
import { listFiles, readText } from './files.ts'
import { lineOf, maskSource } from './mask.ts'

const CODE = /\.(?:[cm]?[jt]sx?|java|kt)$/
const RUNNER = '(?:it|test|describe|suite|bench)'
const PATTERNS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: new RegExp(`\\b${RUNNER}(?:\\.\\w+)*\\.skip\\b`, 'g'), what: 'skips a test' },
  { pattern: new RegExp(`\\b${RUNNER}(?:\\.\\w+)*\\.only\\b`, 'g'), what: 'runs one test alone' },
  { pattern: new RegExp(`\\b${RUNNER}(?:\\.\\w+)*\\.todo\\b`, 'g'), what: 'leaves a test to be written' },
  { pattern: /(?<![.\w$])x(?:it|test|describe)\s*\(/g, what: 'skips a test' },
  { pattern: /(?<![.\w$])f(?:it|describe)\s*\(/g, what: 'runs one test alone' },
  {
    pattern: new RegExp(`\\b${RUNNER}\\s*\\(\\s*"\\d+"\\s*,\\s*\\{[^{}]*\\b(?:skip|only|todo)\\s*:`, 'g'),
    what: 'skips a test, or runs one alone, by an option',
  },
  { pattern: /\b(?:t|context|ctx)\.(?:skip|todo)\s*\(/g, what: 'skips a test while it runs' },
  { pattern: /@(?:Disabled|Ignore)\b/g, what: 'skips a test' },
]

/** Finds tests that do not run or that keep others from running. A condition (`skipIf`) says why and may stay. */
export const checkFocusedTests: Check = (root) => {
  return listFiles(root)
    .filter((path) => CODE.test(path))
    .flatMap((path) => findIn(path, readText(root, path) ?? ''))
}

function findIn(path: string, source: string): readonly string[] {
  const { code } = maskSource(source)
  return PATTERNS.flatMap(({ pattern, what }) =>
    Array.from(
      code.matchAll(pattern),
      ({ index }) => `${path}:${lineOf(code, index)} ${what}. Mend it or take it out.`,
    ),
  )
}
