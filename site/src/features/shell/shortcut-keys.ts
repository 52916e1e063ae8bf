/** What is done by keys: one key (`x`), or two in a row (`g l`). */
export interface Shortcut {
  readonly keys: string
  readonly title: string
  readonly group: 'pages' | 'time' | 'other'
  readonly run: () => void
}

/** A key as the browser tells it. */
export interface KeyPress {
  readonly key: string
  readonly hasModifier: boolean
  /** Somebody is typing, so the key is a letter. */
  readonly isTyping: boolean
  readonly atMs: number
}

/** Two keys further apart are two keys. */
const SEQUENCE_MS = 1_200

/** Finds what a key does, also as the second of two. Keep one for the whole page. */
export function createShortcutMatcher(shortcuts: () => readonly Shortcut[]): (press: KeyPress) => Shortcut | undefined {
  let first: { readonly key: string; readonly atMs: number } | undefined
  return ({ key, hasModifier, isTyping, atMs }) => {
    const before = first !== undefined && atMs - first.atMs <= SEQUENCE_MS ? first.key : undefined
    first = undefined
    if (hasModifier || isTyping || key.length !== 1) return undefined
    const pressed = key.toLowerCase()
    const match = (keys: string): Shortcut | undefined => shortcuts().find((shortcut) => shortcut.keys === keys)
    const second = before === undefined ? undefined : match(`${before} ${pressed}`)
    if (second !== undefined) return second
    if (shortcuts().some(({ keys }) => keys.startsWith(`${pressed} `))) first = { key: pressed, atMs }
    return match(pressed)
  }
}
