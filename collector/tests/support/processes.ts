import { execFileSync } from 'node:child_process'

/** Process ids of what runs on a data directory, besides the tests themselves. */
export function processesOn(directory: string): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  return table
    .split('\n')
    .filter((line) => line.includes(directory) && !line.includes('vitest'))
    .map((line) => Number.parseInt(line, 10))
}
