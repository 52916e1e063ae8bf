import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'

/** Collectors on random ports come and go; only so many are remembered, the newest last. */
const COLLECTORS_MAX = 50

/** The network that commands mean when none is named, by the address of the collector. */
export interface RememberedNetworks {
  readonly file: string
  /** @throws CliError CONFIG_INVALID when the file is there and cannot be read */
  get(collectorUrl: string): string | undefined
  /** @throws CliError CONFIG_INVALID when the file cannot be read or written */
  set(collectorUrl: string, networkId: string): void
}

type Entries = Readonly<Record<string, string>>

/** Keeps them in `config.json`, mode 0600, in MCTRACK_CONFIG_DIR or the user's configuration directory (XDG). */
export function openRememberedNetworks(env: Readonly<Record<string, string | undefined>>): RememberedNetworks {
  const directory = env['MCTRACK_CONFIG_DIR'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'mctrack')
  const file = resolve(directory, 'config.json')
  return {
    file,
    get: (collectorUrl) => readEntries(file)[collectorUrl],
    set(collectorUrl, networkId) {
      const { [collectorUrl]: _, ...others } = readEntries(file)
      const entries = [...Object.entries(others), [collectorUrl, networkId] as const].slice(-COLLECTORS_MAX)
      writeEntries(file, Object.fromEntries(entries))
    },
  }
}

function readEntries(file: string): Entries {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return {}
    throw new CliError('CONFIG_INVALID', `${file} cannot be read (${codeOf(error)}). Mend its permissions.`, {
      cause: error,
    })
  }
  const entries = parseEntries(text)
  if (entries === undefined) {
    throw new CliError('CONFIG_INVALID', `${file} is not what this command wrote. Mend it, or delete it.`)
  }
  return entries
}

function parseEntries(text: string): Entries | undefined {
  try {
    const { networks } = JSON.parse(text) as { readonly networks?: unknown }
    if (typeof networks !== 'object' || networks === null) return undefined
    const entries = Object.entries(networks)
    return entries.every(([, id]) => typeof id === 'string') ? Object.fromEntries(entries) : undefined
  } catch {
    return undefined
  }
}

function writeEntries(file: string, networks: Entries): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.new`, `${JSON.stringify({ networks }, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw new CliError(
      'CONFIG_INVALID',
      `${file} cannot be written (${codeOf(error)}). Name the network with --network or MCTRACK_NETWORK, or set MCTRACK_CONFIG_DIR.`,
      { cause: error },
    )
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
