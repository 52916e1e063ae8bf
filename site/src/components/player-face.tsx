import { For } from 'solid-js'
import { drawFace, type Face } from './face-pixels.ts'

/** Faces that were drawn last: a list that is scrolled draws the same ones again and again. */
const DRAWN_MAX = 2_000
const drawn = new Map<string, Face>()

function faceOf(playerId: string): Face {
  const known = drawn.get(playerId)
  if (known !== undefined) return known
  const face = drawFace(playerId)
  const [oldest] = drawn.keys()
  if (drawn.size >= DRAWN_MAX && oldest !== undefined) drawn.delete(oldest)
  drawn.set(playerId, face)
  return face
}

/** A player's face beside the name, which says who it is. */
export function PlayerFace(props: { readonly playerId: string; readonly class?: string }) {
  return (
    <svg
      viewBox="0 0 8 8"
      class={`shrink-0 rounded-[5px] ${props.class ?? 'size-6'}`}
      shape-rendering="crispEdges"
      aria-hidden="true"
    >
      <For each={faceOf(props.playerId).paths}>{({ colour, d }) => <path fill={colour} d={d} />}</For>
    </svg>
  )
}
