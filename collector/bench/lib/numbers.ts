export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** @param share 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function printTable(rows: readonly Readonly<Record<string, string | number>>[]): void {
  const titles = Object.keys(rows[0] ?? {})
  const widths = titles.map((title) => Math.max(title.length, ...rows.map((row) => String(row[title]).length)))
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i] ?? 0) : String(cell).padStart(widths[i] ?? 0)))
      .join('  ')
  console.log(line(titles))
  for (const row of rows) console.log(line(titles.map((title) => row[title] ?? '')))
}

/** The number after a flag, such as `--seconds 5`. */
export function numberFlag(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`)
  const value = at < 0 ? fallback : Number(process.argv[at + 1])
  if (!Number.isFinite(value)) throw new Error(`--${name} takes a number`)
  return value
}
