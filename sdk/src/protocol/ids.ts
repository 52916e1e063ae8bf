import type { Id } from './events.ts'

const HEX = '0123456789abcdef'
const UUID_TEXT = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/**
 * Parses a UUID with or without hyphens, in any case.
 *
 * @returns 16 bytes, or undefined when the text is not a UUID
 */
export function parseUuid(text: string): Id | undefined {
  if (!UUID_TEXT.test(text)) return undefined
  const hex = text.replaceAll('-', '')
  const id = new Uint8Array(16)
  for (let i = 0; i < 16; i++) id[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  return id
}

export function isSameId(a: Id, b: Id): boolean {
  for (let i = 0; i < 16; i++) if (a[i] !== b[i]) return false
  return true
}

/** Writes 16 bytes as a lower-case UUID with hyphens. */
export function formatUuid(id: Id): string {
  let text = ''
  for (let i = 0; i < 16; i++) {
    const byte = id[i] ?? 0
    text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15)
    if (i === 3 || i === 5 || i === 7 || i === 9) text += '-'
  }
  return text
}

/**
 * Makes a UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits.
 *
 * @param random at least 10 random bytes, of which the first 10 are used
 */
export function createUuidV7(nowMs: number, random: Uint8Array): Id {
  const id = new Uint8Array(16)
  let ms = nowMs
  for (let i = 5; i >= 0; i--) {
    id[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  id.set(random.subarray(0, 10), 6)
  id[6] = 0x70 | ((id[6] ?? 0) & 0x0f)
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f)
  return id
}
