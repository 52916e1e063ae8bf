const VARIABLE = /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])((?:[^{}]|\{[^{}]*\})*))?\}|\$([A-Za-z_]\w*)/g
/** Fewer words are no sentence that tells what to do. */
const SENTENCE_WORDS_MIN = 4

export interface Interpolated {
  readonly value: unknown
  /** Sentences about variables that are used wrongly. */
  readonly problems: readonly string[]
}

/** Fills the variables of a Compose file as if only the required ones were set, each to a word of its own. */
export function interpolate(value: unknown): Interpolated {
  const problems = new Set<string>()

  function fill(part: unknown): unknown {
    if (typeof part === 'string') return part.replace(VARIABLE, replace)
    if (Array.isArray(part)) return part.map(fill)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, fill(inner)]))
  }

  function replace(all: string, braced?: string, operator?: string, argument = '', bare?: string): string {
    if (all === '$$') return '$'
    const name = braced ?? bare ?? ''
    if (operator?.endsWith('-')) return argument
    if (operator?.endsWith('+')) return ''
    if (operator === undefined) {
      problems.add(`the variable ${name} has neither a fallback nor a sentence for when it is missing.`)
    } else if (argument.trim().split(/\s+/).length < SENTENCE_WORDS_MIN) {
      problems.add(`the variable ${name} is required without a sentence that tells what to set.`)
    }
    return `${name.toLowerCase()}-is-set`
  }

  return { value: fill(value), problems: [...problems] }
}
