/**
 * Frames as plain JSON, for fixtures and transcripts that other languages read too: binary is `{"$bin": "hex"}`, a
 * whole number beyond 2^53 is `{"$int": "digits"}`, everything else is itself.
 */
export function toTaggedJson(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    return { $bin: Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('') }
  }
  if (typeof value === 'bigint') return { $int: value.toString() }
  if (Array.isArray(value)) return value.map(toTaggedJson)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toTaggedJson(entry)]))
  }
  return value
}

export function fromTaggedJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromTaggedJson)
  if (typeof value !== 'object' || value === null) return value
  const { $bin, $int } = value as { readonly $bin?: unknown; readonly $int?: unknown }
  if (typeof $bin === 'string') {
    return Uint8Array.from($bin.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  }
  if (typeof $int === 'string') return BigInt($int)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromTaggedJson(entry)]))
}
