import { createInterface } from 'node:readline/promises'
import { Interrupted } from '../interrupted.ts'
import type { System } from '../system.ts'

/**
 * Asks on a terminal whether to go on. Scripts are not asked: who writes a command into one has decided.
 *
 * @throws Interrupted
 */
export async function confirm({ stdin, stderr }: System, question: string): Promise<boolean> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return true
  const prompt = createInterface({ input: stdin, output: stderr })
  const stop = new AbortController()
  let isInterrupted = false
  prompt.on('SIGINT', () => {
    isInterrupted = true
    prompt.close()
  })
  prompt.on('close', () => stop.abort())
  try {
    const answer = await prompt.question(`${question} [y/N] `, { signal: stop.signal })
    return /^y(es)?$/i.test(answer.trim())
  } catch (error) {
    if (!stop.signal.aborted) throw error
    stderr.write('\n')
    if (isInterrupted) throw new Interrupted()
    return false
  } finally {
    prompt.close()
  }
}
