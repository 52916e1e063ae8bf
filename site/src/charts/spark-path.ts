/** The `d` of a small line through values in a box; `null` breaks it. */
export function sparkPath(values: ReadonlyArray<number | null>, width: number, height: number): string {
  const known = values.filter((value) => value !== null)
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const span = high - low || 1
  let isPenUp = true
  let d = ''
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isPenUp = true
      continue
    }
    const x = values.length < 2 ? 0 : (index / (values.length - 1)) * width
    const y = high === low ? height / 2 : height - ((value - low) / span) * height
    d += `${isPenUp ? 'M' : 'L'}${round(x)} ${round(y)}`
    isPenUp = false
  }
  return d
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
