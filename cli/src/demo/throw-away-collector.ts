import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { reachableUrl } from '../api/data-directory.ts'
import { CliError } from '../cli-error.ts'
import { startCollector } from '../up/run-collector.ts'
import { makeDemoDirectory } from './demo-directory.ts'

/** A collector on a data directory of its own, of which nothing is left afterwards. */
export interface ThrowAwayCollector {
  readonly url: string
  readonly dataDirectory: string
  /** Resolves when it ends by itself, which it should not. */
  readonly ended: Promise<void>
  /** The last lines of its log. */
  log(): string
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** It cuts its own stop short after 10 seconds; one that still runs then hangs. */
const STOP_TIMEOUT_MS = 15_000
const LOG_CHARS_MAX = 2_000
const PORT_MAX = 65_535
const PORTS = { MCTRACK_PORT: 4000, MCTRACK_METRICS_PORT: 4001 } as const

/**
 * Starts it on the ports that the environment or the collector's defaults name, or on free ones where those are taken.
 *
 * @throws CliError START_FAILED when it does not become ready; nothing is left then
 */
export async function startThrowAwayCollector(
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<ThrowAwayCollector> {
  const ports = await choosePorts(env)
  const dataDirectory = makeDemoDirectory()
  const logFile = join(dataDirectory, 'collector.log')
  const logDescriptor = openSync(logFile, 'a')
  const collector = startCollector(
    { ...env, ...ports, MCTRACK_DATA_DIR: dataDirectory, MCTRACK_LOG_FORMAT: 'json' },
    { log: logDescriptor, isJson: false, isOwnGroup: true },
  )
  closeSync(logDescriptor)
  const log = (): string => readFileSync(logFile, 'utf8').slice(-LOG_CHARS_MAX).trim()
  // Why it ended, or could not begin, is in its log.
  const ended = collector.exited.then(
    () => undefined,
    () => undefined,
  )

  async function remove(): Promise<void> {
    collector.signal('SIGTERM')
    const timer = setTimeout(() => collector.signal('SIGKILL'), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(timer)
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 3 })
  }

  try {
    const interrupted = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true })
    })
    const ready = await Promise.race([collector.ready, ended, interrupted])
    if (ready === undefined && !signal.aborted) {
      throw new CliError('START_FAILED', `The collector did not start:\n${log()}`)
    }
    return { url: ready === undefined ? '' : reachableUrl(ready.url), dataDirectory, ended, log, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function choosePorts(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<keyof typeof PORTS, string>>> {
  const choose = async (variable: keyof typeof PORTS): Promise<string> => {
    const wanted = env[variable] || String(PORTS[variable])
    if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > PORT_MAX) return wanted // The collector says what is wrong with it.
    return (await isFree(Number(wanted), env['MCTRACK_HOST'] || '127.0.0.1')) ? wanted : '0'
  }
  return { MCTRACK_PORT: await choose('MCTRACK_PORT'), MCTRACK_METRICS_PORT: await choose('MCTRACK_METRICS_PORT') }
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
