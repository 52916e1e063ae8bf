import { gamemodePath, type Session } from './session-words.ts'

/** The game modes of a session in the order in which they were played. */
export function GamemodePath(props: { readonly session: Pick<Session, 'gamemodes'> }) {
  const text = () => gamemodePath(props.session).join(' › ') || '–'
  return (
    <span class="sm:block sm:truncate" title={text()}>
      {text()}
    </span>
  )
}
