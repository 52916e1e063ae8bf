import { CliError } from '../cli-error.ts'
import type { System } from '../system.ts'
import { askLine, canAsk } from './ask-line.ts'

/**
 * What is typed again before something goes for good: on a terminal when asked, in a script with `--confirm`. Undefined
 * for who thinks better of it.
 *
 * @param given by `--confirm`
 * @throws CliError USAGE when nobody can be asked, Interrupted
 */
export async function typeAgain(
  system: System,
  given: string | undefined,
  { question, example }: { readonly question: string; readonly example: string },
): Promise<string | undefined> {
  if (given !== undefined) return given
  if (!canAsk(system)) throw new CliError('USAGE', `This goes for good, so it asks again: add --confirm ${example}`)
  const typed = (await askLine(system, `${question}: `))?.trim() ?? ''
  return typed === '' ? undefined : typed
}
