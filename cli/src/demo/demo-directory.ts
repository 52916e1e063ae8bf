import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../is-running.ts'

const PREFIX = 'mctrack-demo-'
/** Names the process of the demo; the collector's own `lock` names the collector's, which may outlive it for a moment. */
const OWNER_FILE = 'demo-owner'
const COLLECTOR_LOCK = 'lock'
/** One that names nobody may belong to a demo that begins just now. */
const NAMELESS_AGE_MS_MIN = 60_000

/** Makes the data directory of a demo, and notes whose it is. */
export function makeDemoDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), PREFIX))
  writeFileSync(join(path, OWNER_FILE), JSON.stringify({ pid: process.pid }), { mode: 0o600 })
  return path
}

/**
 * Removes the directories of demos that were killed: this user's own, of which neither the demo nor its collector runs.
 * A PostgreSQL that was left in one ends by itself within a minute when its files are gone.
 *
 * @returns the paths that were removed
 */
export function removeStaleDemoDirectories(nowMs: number): readonly string[] {
  const root = tmpdir()
  const paths = readdirSync(root)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(root, name))
  return paths.filter((path) => isStale(path, nowMs) && wasRemoved(path))
}

function isStale(path: string, nowMs: number): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isDirectory() || stat.uid !== process.getuid?.()) return false
  const pids = [OWNER_FILE, COLLECTOR_LOCK].map((file) => readPid(join(path, file)))
  if (pids.every((pid) => pid === undefined)) return nowMs - stat.mtimeMs > NAMELESS_AGE_MS_MIN
  return !pids.some((pid) => pid !== undefined && isRunning(pid))
}

function readPid(file: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { readonly pid?: unknown }
    return typeof pid === 'number' && Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined // Not there, or cut short: it names nobody.
  }
}

function wasRemoved(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    return true
  } catch {
    return false // A left PostgreSQL still writes there; the next demo tries again.
  }
}
