const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ɋ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ḿ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ɋ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Ú',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
}
/** Other languages are about this much longer than English. */
const LONGER = 0.3
const VOWELS = 'aeiou'

/**
 * English that looks foreign: accented, about 30 % longer and in brackets, so that a text that was cut off, put
 * together from pieces or not taken from a table is seen at once. `{placeholders}` stay as they are.
 */
export function toPseudo(text: string): string {
  if (!/[a-z]/i.test(text)) return text
  let missing = Math.ceil(text.replace(/\{\w+\}/g, '').length * LONGER) - 2
  const accented = text.replace(/\{\w+\}|[a-z]/gi, (part) => {
    const letter = ACCENTED[part]
    if (letter === undefined) return part
    if (missing <= 0 || !VOWELS.includes(part)) return letter
    missing -= 1
    return letter + letter
  })
  return `[${accented}${'·'.repeat(Math.max(0, missing))}]`
}
