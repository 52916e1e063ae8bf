import { randomInt } from 'node:crypto'

/** Letters that make no words and are not taken for each other (RFC 8628, section 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_CHARS = 8
const CODE = /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/

/** What a person types to approve a program: eight letters, 34 bits. It is worth nothing but for ten minutes. */
export function createUserCode(): string {
  let code = ''
  for (let i = 0; i < CODE_CHARS; i++) code += LETTERS.charAt(randomInt(LETTERS.length))
  return code
}

/** As people read it: `WDJB-MJHT`. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, CODE_CHARS / 2)}-${code.slice(CODE_CHARS / 2)}`
}

/** As people type it: in small letters, with or without spaces and hyphens. Undefined for what is no code. */
export function parseUserCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '')
  return CODE.test(code) ? code : undefined
}
