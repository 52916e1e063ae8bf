import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from '@mctrack/collector/testing'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** As long as a collector may take to start on a busy machine. */
const SAYS_TIMEOUT_MS = 60_000
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning']

/** The command as a process of its own, with pipes for its outputs. */
export interface SpawnedCli {
  readonly process: ChildProcess
  stdout(): string
  stderr(): string
  /** Waits until it has printed what is looked for. */
  says(pattern: RegExp): Promise<string>
  /** Waits for its end. @returns its exit code, or the signal that ended it */
  ended(): Promise<number | string>
}

export function spawnCli(args: readonly string[], env: Readonly<Record<string, string>>): SpawnedCli {
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      said[name] += chunk.toString()
    })
  }
  return {
    process: child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    says: (pattern) =>
      until(
        () => said.stdout + said.stderr,
        (text) => pattern.test(text),
        SAYS_TIMEOUT_MS,
      ),
    ended: () => exited,
  }
}
