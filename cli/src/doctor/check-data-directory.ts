import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ANNOUNCEMENT_FILE, type Announcement, OPERATOR_TOKEN_FILE } from '../api/data-directory.ts'
import { formatBytes } from '../format/numbers.ts'
import { isRunning } from '../is-running.ts'
import { type Finding, fail, pass, warn } from './finding.ts'

/** Below this the databases stop writing soon. */
const FREE_BYTES_FAIL = 500_000_000
const FREE_BYTES_WARN = 5_000_000_000
const TOKEN = /^mct[op]_[A-Za-z0-9_-]{43}$/
/** The collector's PostgreSQL has its socket in `postgres` below the directory, or, where that path is too long, elsewhere. */
const SOCKET_DIRECTORY_BYTES_MAX = 86

/** Looks at the data directory of the collector on this machine. */
export function checkDataDirectory(path: string, announced: Announcement | undefined): readonly Finding[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) {
    return [
      warn(
        'data-directory',
        `There is no data directory ${path} yet.`,
        'The first "mctrack up" makes it; or say where it is with --data-dir.',
      ),
      checkFreeSpace(nearestExisting(path)),
    ]
  }
  if (!stat.isDirectory()) {
    return [
      fail(
        'data-directory',
        `${path} is not a directory.`,
        'Move the file away, or choose another place with --data-dir.',
      ),
    ]
  }
  return [
    checkAccess(path, stat.mode),
    checkFreeSpace(path),
    checkToken(join(path, OPERATOR_TOKEN_FILE)),
    checkDepth(path),
    ...checkAnnouncement(path, announced),
  ]
}

function checkAccess(path: string, mode: number): Finding {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return fail(
      'data-directory',
      `This user may not read and write ${path}.`,
      `Run as its owner, or hand it over: chown -R "$(id -u)" "${path}"`,
    )
  }
  if ((mode & 0o077) !== 0) {
    return warn('data-directory', `Other users of this machine may look into ${path}.`, `Close it: chmod 700 "${path}"`)
  }
  return pass('data-directory', `The data lies in ${path}, open to this user alone.`)
}

function checkFreeSpace(path: string): Finding {
  const { bavail, bsize } = statfsSync(path)
  const freeBytes = bavail * bsize
  const message = `${formatBytes(freeBytes)} are free where the data lies.`
  if (freeBytes < FREE_BYTES_FAIL)
    return fail('disk', message, 'Free some space: without it nothing more can be stored.')
  if (freeBytes < FREE_BYTES_WARN) return warn('disk', message, 'Free some space, or move the data to a larger disk.')
  return pass('disk', message)
}

function checkToken(file: string): Finding {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) {
    return warn('operator-token', `There is no operator token ${file} yet.`, 'The first "mctrack up" makes it.')
  }
  if ((stat.mode & 0o077) !== 0) {
    return fail(
      'operator-token',
      `Other users of this machine may read ${file}.`,
      `Close it: chmod 600 "${file}". Who may have read it? Delete it and start again for a new one.`,
    )
  }
  try {
    if (TOKEN.test(readFileSync(file, 'utf8').trim()))
      return pass('operator-token', 'The operator token is there, with mode 0600.')
  } catch {
    return fail(
      'operator-token',
      `This user may not read ${file}.`,
      'Run as the user that runs the collector, or give --token.',
    )
  }
  return fail(
    'operator-token',
    `${file} holds no operator token.`,
    'Delete it and start the collector again; it makes a new one.',
  )
}

function checkDepth(path: string): Finding {
  const bytes = Buffer.byteLength(join(path, 'postgres'))
  if (bytes <= SOCKET_DIRECTORY_BYTES_MAX)
    return pass('socket-path', 'The path is short enough for the socket of the embedded PostgreSQL.')
  return warn(
    'socket-path',
    `The path is ${bytes} bytes deep, too deep for a Unix socket; the socket of the embedded PostgreSQL lies in the directory for temporary files.`,
    'Choose a shorter path when something cleans that directory up.',
  )
}

function checkAnnouncement(path: string, announced: Announcement | undefined): readonly Finding[] {
  if (announced === undefined || isRunning(announced.pid)) return []
  return [
    warn(
      'announcement',
      `${join(path, ANNOUNCEMENT_FILE)} speaks of process ${announced.pid}, which does not run: the collector was killed.`,
      'Start it again with "mctrack up"; it takes over what was left.',
    ),
  ]
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))
}
