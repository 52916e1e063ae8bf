const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const UNKNOWN = ' '

/**
 * Draws values as one line of at most `width` characters, from zero to the largest. Neighbours that share a character
 * are drawn as the larger; what is not known is a gap, which is not zero.
 */
export function sparkline(values: ReadonlyArray<number | null>, width: number): string {
  const columns = toColumns(values, Math.max(1, Math.min(Math.floor(width), values.length)))
  const largest = columns.reduce<number>((max, value) => Math.max(max, value ?? 0), 0)
  return columns
    .map((value) => {
      if (value === null) return UNKNOWN
      const level = largest === 0 ? 0 : Math.round((Math.max(0, value) / largest) * (LEVELS.length - 1))
      return LEVELS[level] ?? UNKNOWN
    })
    .join('')
}

function toColumns(values: ReadonlyArray<number | null>, count: number): Array<number | null> {
  if (values.length === 0) return []
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count)
    const to = Math.floor(((index + 1) * values.length) / count)
    const known = values.slice(from, to).filter((value) => value !== null)
    return known.length === 0 ? null : Math.max(...known)
  })
}
