/** Bound on the texts that are remembered; a power of two. */
const TEXTS_MAX = 4_096

/** What was read last with each hash. */
const texts: string[] = Array.from({ length: TEXTS_MAX }, () => '')

/**
 * The text between `start` and `end`, or undefined when it is not all printable ASCII. Domains, versions, backends and
 * names come again and again: the same text is the same string, which is found faster than a new one is made, and is
 * held once however many sessions have it.
 */
export function readPlainText(bytes: Buffer, start: number, end: number): string | undefined {
  let hash = end - start
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte < 32 || byte > 126) return undefined
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  const slot = (hash ^ (hash >>> 15)) & (TEXTS_MAX - 1)
  const known = texts[slot] as string
  if (isSame(known, bytes, start, end)) return known
  const made = bytes.toString('latin1', start, end)
  texts[slot] = made
  return made
}

function isSame(text: string, bytes: Buffer, start: number, end: number): boolean {
  const { length } = text
  if (length !== end - start) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}
