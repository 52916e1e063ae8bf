import { displayWidth, padWidth } from './display-width.ts'

/** Names and values below each other, the values lined up, indented by two. */
export function layoutFields(
  fields: ReadonlyArray<readonly [name: string, value: string]>,
  styleName: (text: string) => string,
): readonly string[] {
  const widest = fields.reduce((max, [name]) => Math.max(max, displayWidth(name)), 0)
  return fields.map(([name, value]) => `  ${styleName(padWidth(name, widest))}  ${value}`)
}
