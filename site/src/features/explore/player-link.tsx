import { useApp } from '../../app/app-context.ts'
import { PlayerFace } from '../../components/player-face.tsx'

/** A player's face and name, which lead to the profile. */
export function PlayerLink(props: { readonly playerId: string; readonly name: string | null; readonly href?: string }) {
  const app = useApp()
  return (
    <a
      class="flex w-fit max-w-full min-w-0 items-center gap-2.5 rounded font-medium hover:underline"
      href={props.href ?? app.href('players', { open: props.playerId })}
      data-player={props.playerId}
    >
      <PlayerFace playerId={props.playerId} />
      <span class="truncate">{props.name ?? props.playerId.slice(0, 8)}</span>
    </a>
  )
}
