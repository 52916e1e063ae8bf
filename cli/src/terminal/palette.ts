import picocolors from 'picocolors'

/** Colours by what they mean, as functions from text to text; all of them leave it as it is when colour is off. */
export interface Palette {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly accent: (text: string) => string
  readonly good: (text: string) => string
  readonly attention: (text: string) => string
  readonly bad: (text: string) => string
}

export function createPalette(hasColor: boolean): Palette {
  const { bold, dim, cyan, green, yellow, red } = picocolors.createColors(hasColor)
  return { strong: bold, faint: dim, accent: cyan, good: green, attention: yellow, bad: red }
}

/** Whether a stream gets colour: a terminal that can, unless the person said no (https://no-color.org). */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
): boolean {
  const isRefused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb' || args.includes('--no-color')
  return stream.isTTY === true && !isRefused
}
