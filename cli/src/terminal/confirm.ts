import type { System } from '../system.ts'
import { askLine, canAsk } from './ask-line.ts'

/**
 * Asks on a terminal whether to go on. Scripts are not asked: who writes a command into one has decided.
 *
 * @throws Interrupted
 */
export async function confirm(system: System, question: string): Promise<boolean> {
  if (!canAsk(system)) return true
  const answer = await askLine(system, `${question} [y/N] `)
  return /^y(es)?$/i.test(answer?.trim() ?? '')
}
