import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CliError } from '../cli-error.ts'

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url))

export const OPERATOR_TOKEN_FILE = 'operator-token'
export const ANNOUNCEMENT_FILE = 'collector.json'

/** What a running collector says about itself in its data directory. */
export interface Announcement {
  readonly pid: number
  readonly url: string
  readonly metricsUrl: string
}

/** The data directory of this machine's collector: the flag, the environment, or `data` in the workspace. */
export function dataDirectoryOf(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(flag ?? (env['MCTRACK_DATA_DIR'] || resolve(WORKSPACE, 'data')))
}

/** What the collector of the directory announced, or undefined when none did (it does not run, or it starts). */
export function readAnnouncement(dataDirectory: string): Announcement | undefined {
  const text = readTextFile(join(dataDirectory, ANNOUNCEMENT_FILE))
  if (text === undefined) return undefined
  try {
    const { pid, url, metricsUrl } = JSON.parse(text) as Partial<Record<keyof Announcement, unknown>>
    if (typeof pid !== 'number' || typeof url !== 'string' || typeof metricsUrl !== 'string') return undefined
    return { pid, url: reachableUrl(url), metricsUrl: reachableUrl(metricsUrl) }
  } catch {
    return undefined // Not JSON: whatever wrote it was no collector.
  }
}

/**
 * The operator token of the directory, or undefined when there is none yet.
 *
 * @throws CliError TOKEN_MISSING when this user may not read it
 */
export function readOperatorToken(dataDirectory: string): string | undefined {
  return readTextFile(join(dataDirectory, OPERATOR_TOKEN_FILE))?.trim() || undefined
}

/** A collector that listens everywhere is reached through the loopback; IPv6 addresses need their brackets. */
export function reachableUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^(https?:\/\/)(.*):(\d+.*)$/.exec(url) ?? []
  if (host === '') return url
  const bare = host.replace(/^\[|\]$/g, '')
  if (bare === '0.0.0.0') return `${scheme}127.0.0.1:${rest}`
  if (bare === '::') return `${scheme}[::1]:${rest}`
  return bare.includes(':') ? `${scheme}[${bare}]:${rest}` : url
}

function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EACCES' && code !== 'EPERM') return undefined
    throw new CliError(
      'TOKEN_MISSING',
      `This user may not read ${path}. Run the command as the user that runs the collector, or give --url and --token.`,
      { cause: error },
    )
  }
}
