import { readFileSync } from 'node:fs'

/** Reads a statement that stands in a file of its own beside the module. @example sqlFile(import.meta.url, 'queries/open-sessions.sql') */
export function sqlFile(moduleUrl: string, path: string): string {
  return readFileSync(new URL(path, moduleUrl), 'utf8').trim()
}
