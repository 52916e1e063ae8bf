import { CliError } from '../cli-error.ts'
import type { System } from '../system.ts'

/** Whatever is longer is no secret. */
const CHARS_MAX = 4_096

/**
 * Reads a secret from standard input: all of it, without the line break at its end. Secrets never stand in arguments,
 * which other users of the machine can see.
 *
 * @throws CliError USAGE when there is nothing
 */
export async function readSecret({ stdin }: System, what: string): Promise<string> {
  let text = ''
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.length > CHARS_MAX) throw new CliError('USAGE', `The ${what} on standard input is too long.`)
  }
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw new CliError('USAGE', `There is no ${what} on standard input.`)
  return secret
}
