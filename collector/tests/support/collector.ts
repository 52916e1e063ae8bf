import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_TIMEOUT_MS = 60_000

/** A collector as a process of its own, on free ports and a data directory of its own. */
export interface TestCollector {
  readonly url: string
  /** For the SDK. */
  readonly endpoint: string
  readonly port: number
  readonly metricsUrl: string
  readonly dataDirectory: string
  readonly token: string
  readonly process: ChildProcess
  /** What it has logged so far. */
  log(): string
  /** SIGTERM, and waits for the end. Resolves with the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>
  /** Stops it and removes its data directory. */
  remove(): Promise<void>
}

export interface TestCollectorOptions {
  /** Reused after a restart; default: a new temporary one. */
  readonly dataDirectory?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

/**
 * A port that is free and that the system gives to nobody by itself: a collector that starts again on its port must not
 * find a client's outgoing connection there.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

/** @throws with what it printed when the collector does not become ready */
export async function startTestCollector(options: TestCollectorOptions = {}): Promise<TestCollector> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'mctrack-test-'))
  const child = fork(MAIN, [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      MCTRACK_DATA_DIR: dataDirectory,
      MCTRACK_PORT: String(options.port ?? (await freePort())),
      MCTRACK_METRICS_PORT: '0',
      MCTRACK_LOG_FORMAT: 'json',
      ...options.env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const { url, metricsUrl } = await untilReady(child, () => output)
  const port = Number(new URL(url).port)

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
    }
    return child.exitCode
  }

  return {
    url,
    endpoint: `ws://127.0.0.1:${port}`,
    port,
    metricsUrl,
    dataDirectory,
    token: readFileSync(join(dataDirectory, 'operator-token'), 'utf8').trim(),
    process: child,
    log: () => output,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL')
    },
    async remove() {
      await end('SIGTERM')
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

function untilReady(child: ChildProcess, output: () => string): Promise<{ url: string; metricsUrl: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), START_TIMEOUT_MS)
    function fail(why: string): void {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the collector ${why}:\n${output()}`))
    }
    child.once('exit', (code, signal) => fail(`ended at its start (${signal ?? code})`))
    child.on('message', (message) => {
      const { kind, url, metricsUrl } = message as { kind: string; url: string; metricsUrl: string }
      if (kind !== 'ready') return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve({ url, metricsUrl })
    })
  })
}
