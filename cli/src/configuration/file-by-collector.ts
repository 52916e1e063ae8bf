import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { CliError } from '../cli-error.ts'

/** More collectors than anybody uses; those on random ports come and go. The newest stand last. */
const COLLECTORS_MAX = 50

/** One text for each collector, by the collector's address, in a file that is this user's alone. */
export interface FileByCollector {
  readonly file: string
  /** @throws CliError CONFIG_INVALID when the file is there and cannot be read */
  get(collectorUrl: string): string | undefined
  /** @throws CliError CONFIG_INVALID when the file cannot be read or written */
  set(collectorUrl: string, value: string): void
  /** False when there was none. @throws CliError CONFIG_INVALID when the file cannot be read or written */
  forget(collectorUrl: string): boolean
}

export interface FileByCollectorOptions {
  readonly fileName: string
  /** Name of the member of the JSON that holds the texts. */
  readonly member: string
  readonly valueCharsMax: number
  /** What to do about a file that holds something else. */
  readonly ifUnsound: string
  /** What to do about a file that cannot be written. */
  readonly ifUnwritable: string
}

type Values = Readonly<Record<string, string>>

/** Keeps texts in a file in MCTRACK_CONFIG_DIR or the user's configuration directory (XDG). It is read when it is needed. */
export function openFileByCollector(
  env: Readonly<Record<string, string | undefined>>,
  options: FileByCollectorOptions,
): FileByCollector {
  const directory = env['MCTRACK_CONFIG_DIR'] || join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'mctrack')
  const file = resolve(directory, options.fileName)
  return {
    file,
    get: (collectorUrl) => readValues(file, options)[collectorUrl],
    set(collectorUrl, value) {
      const { [collectorUrl]: _, ...others } = readValues(file, options)
      const entries = [...Object.entries(others), [collectorUrl, value] as const].slice(-COLLECTORS_MAX)
      writeValues(file, Object.fromEntries(entries), options)
    },
    forget(collectorUrl) {
      const { [collectorUrl]: value, ...others } = readValues(file, options)
      if (value !== undefined) writeValues(file, others, options)
      return value !== undefined
    },
  }
}

function readValues(file: string, options: FileByCollectorOptions): Values {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return {}
    throw new CliError('CONFIG_INVALID', `${file} cannot be read (${codeOf(error)}). Mend its permissions.`, {
      cause: error,
    })
  }
  const values = parseValues(text, options)
  if (values === undefined) {
    throw new CliError('CONFIG_INVALID', `${file} is not what this command wrote. ${options.ifUnsound}`)
  }
  return values
}

function parseValues(text: string, { member, valueCharsMax }: FileByCollectorOptions): Values | undefined {
  try {
    const { [member]: values } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined
    const entries = Object.entries(values)
    const areSound = entries.every(([, value]) => typeof value === 'string' && value.length <= valueCharsMax)
    return areSound ? Object.fromEntries(entries) : undefined
  } catch {
    return undefined // Not JSON.
  }
}

function writeValues(file: string, values: Values, { member, ifUnwritable }: FileByCollectorOptions): void {
  const directory = dirname(file)
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // One that another program made may be open to others.
    chmodSync(directory, 0o700)
    writeFileSync(`${file}.new`, `${JSON.stringify({ [member]: values }, null, 2)}\n`, { mode: 0o600 })
    chmodSync(`${file}.new`, 0o600)
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw new CliError('CONFIG_INVALID', `${file} cannot be written (${codeOf(error)}). ${ifUnwritable}`, {
      cause: error,
    })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
