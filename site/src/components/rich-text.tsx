import { For, type JSX } from 'solid-js'

/** The names in braces of a text. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

/**
 * A text of a table with elements in the place of its `{names}`, so that a translation may put them in its own order.
 *
 * @example <RichText text={m.joined} parts={{ name: <b>{player.name}</b>, domain: player.domain }} />
 */
export function RichText<const Text extends string>(props: {
  readonly text: Text
  readonly parts: Readonly<Record<Placeholders<Text>, JSX.Element>>
}) {
  const pieces = () => props.text.split(/\{(\w+)\}/)
  const parts = () => props.parts as Readonly<Record<string, JSX.Element>>
  return <For each={pieces()}>{(piece, index) => (index() % 2 === 1 ? parts()[piece] : piece)}</For>
}
