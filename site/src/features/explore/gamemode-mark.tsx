import type { GamemodeKey } from './gamemode-colours.ts'

/** The number of a game mode on its colour, as a legend has it. */
export function GamemodeMark(props: { readonly gamemode: GamemodeKey }) {
  return (
    <span
      class="num inline-grid size-5 shrink-0 place-items-center rounded text-[11px] leading-none font-semibold text-base-200"
      style={{ background: props.gamemode.colour }}
      aria-hidden="true"
    >
      {props.gamemode.number}
    </span>
  )
}
