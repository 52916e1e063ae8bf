import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'
import { type App, startApp } from './app.ts'
import { readConfig } from './config/config.ts'
import { openDataDirectory } from './platform/data-directory.ts'
import { MctrackError } from './platform/error.ts'
import { errorBody } from './platform/http/error-body.ts'
import { createLog } from './platform/log.ts'
import { COLLECTOR_VERSION } from './version.ts'

/** A stop that takes longer is cut short: what was not acknowledged stays with its senders. */
const STOP_TIMEOUT_MS = 10_000

/** Runs the collector until it is told to stop. Exit codes are those of the table of error codes. */
async function main(): Promise<void> {
  const reading = readConfig(process.env, { isTty: process.stderr.isTTY === true })
  if (reading.kind === 'mistakes') {
    const { mistakes } = reading
    const sentence = `The settings have ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}`
    fail('CONFIG_INVALID', {
      lines: [`${sentence}:`, ...mistakes.map((mistake) => `  - ${mistake}`)],
      message: [`${sentence}.`, ...mistakes].join(' '),
    })
  }
  const { config, warnings } = reading
  const log = createLog(config.log)
  for (const warning of warnings) log.warn(warning)
  const data = openDataDirectory(config.dataDirectory)
  const stop = new AbortController()
  const stopped = untilStopped().then((signal) => {
    log.info({ signal }, 'stopping')
    stop.abort()
    setTimeout(() => {
      log.error('the stop took too long and is cut short')
      data.unlock()
      process.exit(1)
    }, STOP_TIMEOUT_MS).unref()
  })
  try {
    const app = await startApp(config, { data, log, signal: stop.signal }).catch((error: unknown) => {
      // Told to stop before it was up: what it had begun is closed, and that is no failure.
      if (stop.signal.aborted) return undefined
      throw error
    })
    if (app !== undefined) {
      if (!stop.signal.aborted) tellReady(app)
      await stopped
      await app.close()
    }
    log.info('stopped')
  } finally {
    data.unlock()
  }
  process.exit(0)

  function tellReady({ url, metricsUrl }: App): void {
    data.announce({ pid: process.pid, url, metricsUrl, version: COLLECTOR_VERSION, startedAtMs: Date.now() })
    log.info({ url, metricsUrl, dataDirectory: config.dataDirectory }, 'the collector is ready')
    process.send?.({ kind: 'ready', url, metricsUrl })
  }
}

/** From the first moment on, so that a start that is told to stop ends the engines that it has begun. */
function untilStopped(): Promise<NodeJS.Signals | 'disconnect'> {
  return new Promise((resolve) => {
    process.on('SIGINT', resolve)
    process.on('SIGTERM', resolve)
    // The terminal was closed.
    process.on('SIGHUP', resolve)
    // Whoever started us with a channel is gone.
    process.on('disconnect', () => resolve('disconnect'))
  })
}

/** Ends the process, and says why: to people, or with `--json` to a program, as the command line has it everywhere. */
function fail(code: ErrorCode, why: { readonly lines: readonly string[]; readonly message: string }): never {
  const isJson = process.argv.includes('--json')
  const text = isJson ? JSON.stringify(errorBody(code, why.message)) : why.lines.join('\n')
  process.stderr.write(`${text}\n`)
  process.exit(ERROR_CODES[code].exit)
}

main().catch((error: unknown) => {
  if (error instanceof MctrackError) {
    const cause = error.cause instanceof Error ? [`  (${error.cause.message})`] : []
    fail(error.code, { lines: [error.message, ...cause], message: [error.message, ...cause].join('') })
  }
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const message = `The collector could not start: ${why}`
  fail('START_FAILED', { lines: [message], message })
})
