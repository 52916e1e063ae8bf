import type { Check } from './check.ts'
import { listFiles } from './files.ts'

const SOURCE = /^(?:(?:sdk|collector|cli|site)\/(?:src|tests|bench)|\.ci)\//
/** `read-model`, `read-model.test`, `404`, and what a router asks for: `[id]`. */
const KEBAB = /^\.?\[?(?:\.\.\.)?[a-z0-9]+(?:-[a-z0-9]+)*\]?(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const SAYS_NOTHING = /^(?:utils?|helpers?|common|misc|managers?)$/
const MIGRATION = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/

/** Holds how files and folders are called, and that migrations are numbered without a gap. */
export const checkNames: Check = (root) => {
  const paths = listFiles(root)
  const sources = paths.filter((path) => SOURCE.test(path))
  if (sources.length === 0) return ['There are no source files to check: the packages are not where they are expected.']
  const problems = sources.flatMap(findBadNames)
  return [...new Set(problems), ...findBadMigrations(paths)]
}

function findBadNames(path: string): readonly string[] {
  const segments = path.split('/')
  return segments.flatMap((segment, index) => {
    const at = segments.slice(0, index + 1).join('/')
    const problems: string[] = []
    if (!KEBAB.test(segment)) problems.push(`${at} is not in kebab-case.`)
    const words = segment.replace(/\..*$/, '').split('-')
    if (words.some((word) => SAYS_NOTHING.test(word))) {
      problems.push(`${at} does not say what it holds. Name it after its main export.`)
    }
    return problems
  })
}

function findBadMigrations(paths: readonly string[]): readonly string[] {
  const problems: string[] = []
  const lastNumbers = new Map<string, number>()
  for (const path of paths.filter((candidate) => /(?:^|\/)migrations\//.test(candidate))) {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, slash)
    const number = MIGRATION.exec(path.slice(slash + 1))?.[1]
    if (number === undefined) {
      problems.push(`${path} is not named like a migration: four digits, a word or more in kebab-case, ".sql".`)
      continue
    }
    const expected = (lastNumbers.get(folder) ?? 0) + 1
    if (Number(number) !== expected) {
      problems.push(
        `${path} should have the number ${String(expected).padStart(4, '0')}: migrations count on without gaps.`,
      )
    }
    lastNumbers.set(folder, Number(number))
  }
  return problems
}
