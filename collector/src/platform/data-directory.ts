import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MctrackError } from './error.ts'
import { makeDirectory } from './make-directory.ts'
import { findProcess, writeProcessFile } from './process-file.ts'
import { randomLettersAndDigits } from './random-text.ts'

export interface DataDirectory {
  readonly path: string
  /** Token of this machine's operator, made at the first start and kept with mode 0600. */
  readonly operatorToken: string
  /** Makes another one, in place of one that was revoked. */
  renewOperatorToken(): string
  /** Says where this collector listens, for commands on the same machine. */
  announce(info: CollectorInfo): void
  /** Lets another collector have the directory. */
  unlock(): void
}

/** What `collector.json` says while a collector runs. */
export interface CollectorInfo {
  readonly pid: number
  readonly url: string
  readonly metricsUrl: string
  readonly version: string
  readonly startedAtMs: number
}

/** Those that were made before people had tokens begin with `mcto_`, and some have `-` or `_` in them. */
const TOKEN = /^mct[op]_[A-Za-z0-9_-]{43}$/
const TOKEN_RANDOM_CHARS = 43

/**
 * Opens the data directory for this process alone.
 *
 * @throws MctrackError DATA_DIR_IN_USE when another collector holds it, START_FAILED when it cannot be written
 */
export function openDataDirectory(path: string): DataDirectory {
  const lock = join(path, 'lock')
  const info = join(path, 'collector.json')
  const token = join(path, 'operator-token')
  try {
    makeDirectory(path, 0o700)
    takeLock(lock, path)
    return {
      path,
      operatorToken: loadToken(token),
      renewOperatorToken: () => makeToken(token),
      announce: (value) => writeWhole(info, `${JSON.stringify(value, null, 2)}\n`),
      unlock() {
        rmSync(info, { force: true })
        rmSync(lock, { force: true })
      },
    }
  } catch (error) {
    if (error instanceof MctrackError) throw error
    throw new MctrackError('START_FAILED', `The data directory ${path} cannot be used: ${reasonOf(error)}.`, {
      cause: error,
    })
  }
}

function takeLock(lock: string, path: string): void {
  for (const attempt of [1, 2]) {
    try {
      writeProcessFile(lock, process.pid, 'wx')
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const holder = findProcess(lock)
      if (holder !== undefined || attempt === 2) {
        throw new MctrackError(
          'DATA_DIR_IN_USE',
          `Another collector (process ${holder}) already runs on ${path}. Stop it, or set MCTRACK_DATA_DIR to another directory.`,
        )
      }
      rmSync(lock, { force: true })
    }
  }
}

function loadToken(file: string): string {
  if (existsSync(file)) {
    chmodSync(file, 0o600)
    const token = readFileSync(file, 'utf8').trim()
    if (TOKEN.test(token)) return token
  }
  return makeToken(file)
}

function makeToken(file: string): string {
  const token = `mctp_${randomLettersAndDigits(TOKEN_RANDOM_CHARS)}`
  writeWhole(file, `${token}\n`)
  return token
}

/** Writes a file so that a reader sees the old one or the new one, never half of either. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write there'
  if (code === 'ENOSPC') return 'the disk is full'
  if (code === 'EROFS') return 'the file system is read-only'
  if (code === 'ENOENT') return 'this file system has no room for directories of ours'
  if (code === 'ENAMETOOLONG') return 'its path is too long'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file is in the way'
  return error instanceof Error ? error.message : String(error)
}
