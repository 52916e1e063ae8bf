/** Control characters, and the marks that reorder a line: a player's or server's name must not steer the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const STEERING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
/** What JSON may hold as it is and a terminal would obey. */
const STEERING_IN_JSON = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** Makes a text from outside harmless on a terminal: what would steer it is shown as a replacement character. */
export function cleanText(text: string): string {
  return text.replace(STEERING, '\ufffd')
}

/** Makes every text in a value from outside harmless on a terminal, names of fields included. */
export function cleanValue<Value>(value: Value): Value
export function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [cleanText(name), cleanValue(entry)]))
}

/** JSON that may be shown on a terminal: what would steer it is escaped. */
export function formatJson(value: unknown, indent?: number): string {
  const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value, null, indent).replace(STEERING_IN_JSON, escapeCharacter)
}
