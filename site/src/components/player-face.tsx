import { For } from 'solid-js'
import { drawFace } from './face-pixels.ts'

/** A player's face beside the name, which says who it is. */
export function PlayerFace(props: { readonly playerId: string; readonly class?: string }) {
  return (
    <svg
      viewBox="0 0 8 8"
      class={`shrink-0 rounded-[5px] ${props.class ?? 'size-6'}`}
      shape-rendering="crispEdges"
      aria-hidden="true"
    >
      <For each={drawFace(props.playerId).paths}>{({ colour, d }) => <path fill={colour} d={d} />}</For>
    </svg>
  )
}
