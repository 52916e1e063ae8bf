import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A real Redis of this test's own. */
export interface TestRedis {
  readonly url: string
  /** Kills it. */
  goAway(): Promise<void>
  /** Starts it again, empty, on the same port. */
  comeBack(): Promise<void>
  /** Kills it and starts it again, empty, on the same port. */
  restart(): Promise<void>
  /** It keeps its connections and answers nothing, or goes on. */
  freeze(isFrozen: boolean): void
  stop(): Promise<void>
}

/**
 * Whether a redis-server is installed. Where it must be (MCTRACK_TEST_REQUIRE_REDIS is set, as in CI) its absence is a
 * failure rather than fewer tests.
 */
export function isRedisAvailable(): boolean {
  const isInstalled = spawnSync('redis-server', ['--version']).status === 0
  if (!isInstalled && process.env['MCTRACK_TEST_REQUIRE_REDIS']) throw new Error('redis-server is not installed')
  return isInstalled
}

export async function startTestRedis({ password }: { readonly password?: string } = {}): Promise<TestRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-redis-'))
  const port = await freePort()
  const url = `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${port}`
  let child = await start()

  async function start(): Promise<ChildProcess> {
    const server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--dir',
        directory,
        ...(password === undefined ? [] : ['--requirepass', password]),
      ],
      {
        stdio: 'ignore',
      },
    )
    const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 })
    client.on('error', () => undefined)
    await client.ping()
    client.disconnect()
    return server
  }

  async function comeBack(): Promise<void> {
    child = await start()
  }

  async function end(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }

  return {
    url,
    goAway: end,
    comeBack,
    async restart() {
      await end()
      await comeBack()
    },
    freeze: (isFrozen) => void child.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
    async stop() {
      await end()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
