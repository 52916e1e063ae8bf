import { randomInt } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * Letters and digits from a cryptographic source, 5.95 bits each. Nothing in it reads as an option on a command line, as
 * a lone `-` at the beginning of a secret's last four characters would, and a double click marks all of it.
 */
export function randomLettersAndDigits(chars: number): string {
  let text = ''
  for (let i = 0; i < chars; i++) text += ALPHABET.charAt(randomInt(ALPHABET.length))
  return text
}
