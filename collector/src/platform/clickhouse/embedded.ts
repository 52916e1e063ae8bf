import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import { type Supervised, supervise } from '../supervisor.ts'
import { type EmbeddedServerOptions, PASSWORD_VARIABLE } from './embedded/server-options.ts'

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 5_000
/** Statements at once: inserts and the reads of a few screens. */
const CONNECTIONS = 6
const MARK_CACHE_BYTES = 64_000_000
const LOG_LINE_CHARS_MAX = 2_000

export interface EmbeddedClickHouse {
  /** With user and password; stays the same when the engine is started again. */
  readonly url: string
  readonly process: Supervised
  close(): Promise<void>
}

/** Starts ClickHouse inside a child process on the directory, and again whenever it dies. */
export async function startEmbeddedClickHouse(options: {
  readonly directory: string
  readonly memoryBytesMax: number
  readonly log: Log
}): Promise<EmbeddedClickHouse> {
  const { directory, memoryBytesMax, log } = options
  mkdirSync(directory, { recursive: true })
  const password = randomBytes(24).toString('hex')
  let port = 0

  async function start(): Promise<ChildProcess> {
    const settings: EmbeddedServerOptions = {
      directory,
      port,
      connections: CONNECTIONS,
      engineArguments: [
        `--max_server_memory_usage=${memoryBytesMax}`,
        `--mark_cache_size=${MARK_CACHE_BYTES}`,
        `--max_threads=${Math.max(1, availableParallelism() - 1)}`,
      ],
    }
    const child = fork(fileURLToPath(new URL('./embedded/server.ts', import.meta.url)), [JSON.stringify(settings)], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Arguments stand in the list of processes for every user to read; an environment is its owner's alone.
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: directory,
        UV_THREADPOOL_SIZE: '16',
        [PASSWORD_VARIABLE]: password,
      },
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log.warn({ engine: 'clickhouse' }, chunk.toString().trim().slice(0, LOG_LINE_CHARS_MAX))
      })
    }
    port = await readyPort(child)
    return child
  }

  const process_ = await supervise({
    name: 'clickhouse',
    start,
    askToStop: (child) => child.connected && child.send('stop'),
    log,
  })
  return {
    url: `http://default:${password}@127.0.0.1:${port}/default`,
    process: process_,
    close: () => process_.stop(STOP_TIMEOUT_MS),
  }
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), START_TIMEOUT_MS)
    function fail(why: string): void {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the embedded ClickHouse ${why}`))
    }
    child.once('exit', (code, signal) => fail(`ended at its start (${signal ?? `exit code ${code}`})`))
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('message', (message) => {
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve((message as { port: number }).port)
    })
  })
}
