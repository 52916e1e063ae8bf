import { createInterface } from 'node:readline/promises'
import { Interrupted } from '../interrupted.ts'
import type { System } from '../system.ts'

/** Whether somebody is there to be asked. */
export function canAsk({ stdin, stderr }: System): boolean {
  return stdin.isTTY === true && stderr.isTTY === true
}

/**
 * Asks on a terminal for a line. Undefined when the input ends instead.
 *
 * @throws Interrupted
 */
export async function askLine({ stdin, stderr }: System, question: string): Promise<string | undefined> {
  const prompt = createInterface({ input: stdin, output: stderr })
  const stop = new AbortController()
  let isInterrupted = false
  prompt.on('SIGINT', () => {
    isInterrupted = true
    prompt.close()
  })
  prompt.on('close', () => stop.abort())
  try {
    return await prompt.question(question, { signal: stop.signal })
  } catch (error) {
    if (!stop.signal.aborted) throw error
    stderr.write('\n')
    if (isInterrupted) throw new Interrupted()
    return undefined
  } finally {
    prompt.close()
  }
}
