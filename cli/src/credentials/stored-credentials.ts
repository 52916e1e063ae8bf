import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'

/** More collectors than anybody logs in to; the newest last. */
const COLLECTORS_MAX = 50
/** No token is longer. */
const TOKEN_CHARS_MAX = 512

/** Tokens that `mctrack login` got, by the address of the collector. */
export interface StoredCredentials {
  readonly file: string
  /** @throws CliError CONFIG_INVALID when the file is there and cannot be read */
  get(collectorUrl: string): string | undefined
  /** @throws CliError CONFIG_INVALID when the file cannot be read or written */
  set(collectorUrl: string, token: string): void
  /** False when there was none. @throws CliError CONFIG_INVALID when the file cannot be read or written */
  forget(collectorUrl: string): boolean
}

type Tokens = Readonly<Record<string, string>>

/** Keeps them in `credentials.json`, for this user alone, in MCTRACK_CONFIG_DIR or the user's configuration directory (XDG). */
export function openStoredCredentials(env: Readonly<Record<string, string | undefined>>): StoredCredentials {
  const directory = env['MCTRACK_CONFIG_DIR'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'mctrack')
  const file = resolve(directory, 'credentials.json')
  return {
    file,
    get: (collectorUrl) => readTokens(file)[collectorUrl],
    set(collectorUrl, token) {
      const { [collectorUrl]: _, ...others } = readTokens(file)
      writeTokens(
        file,
        Object.fromEntries([...Object.entries(others), [collectorUrl, token] as const].slice(-COLLECTORS_MAX)),
      )
    },
    forget(collectorUrl) {
      const { [collectorUrl]: token, ...others } = readTokens(file)
      if (token !== undefined) writeTokens(file, others)
      return token !== undefined
    },
  }
}

function readTokens(file: string): Tokens {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return {}
    throw new CliError('CONFIG_INVALID', `${file} cannot be read (${codeOf(error)}). Mend its permissions.`, {
      cause: error,
    })
  }
  const tokens = parseTokens(text)
  if (tokens === undefined) {
    throw new CliError('CONFIG_INVALID', `${file} is not what this command wrote. Delete it, and log in again.`)
  }
  return tokens
}

function parseTokens(text: string): Tokens | undefined {
  try {
    const { tokens } = JSON.parse(text) as { readonly tokens?: unknown }
    if (typeof tokens !== 'object' || tokens === null || Array.isArray(tokens)) return undefined
    const entries = Object.entries(tokens)
    const areSound = entries.every(([, token]) => typeof token === 'string' && token.length <= TOKEN_CHARS_MAX)
    return areSound ? Object.fromEntries(entries) : undefined
  } catch {
    return undefined // Not JSON.
  }
}

function writeTokens(file: string, tokens: Tokens): void {
  const directory = dirname(file)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // One that another program made may be open to others.
    chmodSync(directory, 0o700)
    writeFileSync(`${file}.new`, `${JSON.stringify({ tokens }, null, 2)}\n`, { mode: 0o600 })
    chmodSync(`${file}.new`, 0o600)
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw new CliError(
      'CONFIG_INVALID',
      `${file} cannot be written (${codeOf(error)}). Set MCTRACK_CONFIG_DIR, or give the token with MCTRACK_TOKEN.`,
      { cause: error },
    )
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
