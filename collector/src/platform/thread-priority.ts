import { readdir, readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'

/** What libuv calls the threads of its pool. */
const POOL_THREAD = 'libuv-worker'
/** Weighs a tenth of what the event loop does when both want the processor. */
const NICE = 10

/**
 * Lets the event loop go before the threads of the pool, where passwords are hashed: on a machine whose processors are
 * all in use, ingest waits for no hash. Linux knows a priority for each thread; elsewhere nothing is done.
 *
 * @returns how many threads stand back now
 */
export async function lowerPoolPriority(): Promise<number> {
  if (process.platform !== 'linux') return 0
  const directory = '/proc/self/task'
  // Reading it in the pool starts the pool, if nothing has before.
  const threads = await readdir(directory)
  const names = await Promise.all(
    threads.map((thread) => readFile(`${directory}/${thread}/comm`, 'utf8').catch(() => '')), // It may have ended.
  )
  const pool = threads.filter((_, i) => names[i]?.trim() === POOL_THREAD)
  for (const thread of pool) setPriority(Number(thread), NICE)
  return pool.length
}
