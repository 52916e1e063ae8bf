import { fileURLToPath } from 'node:url'
import type { Check } from './check.ts'

/** Runs checks on this checkout, says PASS or FAIL and why, and fails the process when any of them fails. */
export function reportChecks(checks: Readonly<Record<string, Check>>): void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  for (const [name, check] of Object.entries(checks)) {
    const problems = check(root)
    process.stdout.write(`${problems.length === 0 ? 'PASS' : 'FAIL'} ${name}\n`)
    for (const problem of problems) process.stdout.write(`  - ${problem}\n`)
    if (problems.length > 0) process.exitCode = 1
  }
}
