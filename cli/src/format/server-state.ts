import type { Server } from '../api/types.ts'
import type { Palette } from '../terminal/palette.ts'

/** What the states of a server are called. */
export const SERVER_STATE_WORDS: Readonly<Record<Server['state'], string>> = {
  connected: 'connected',
  resuming: 'link lost',
  leased: 'over HTTP',
  left: 'left',
  silent: 'silent',
}

/** Colours a server's state: green while it reports, amber while its link is lost. */
export function styleServerState(state: Server['state'], palette: Palette): (text: string) => string {
  if (state === 'connected' || state === 'leased') return palette.good
  return state === 'resuming' ? palette.attention : palette.faint
}
