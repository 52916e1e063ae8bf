const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const FULL = '█'

/** A bar of at most `width` columns in steps of an eighth; anything above zero can be seen. */
export function bar(value: number, largest: number, width: number): string {
  if (value <= 0 || largest <= 0 || width < 1) return ''
  const eighths = Math.max(1, Math.round((Math.min(value, largest) / largest) * Math.floor(width) * EIGHTHS.length))
  return FULL.repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[eighths % EIGHTHS.length] ?? '')
}
