import type { ApiOutput } from '../../api/api-types.ts'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import { deviceWords } from '../../messages/live-messages.ts'
import { sessionMessages } from '../../messages/session-messages.ts'

/** A session as the collector's list has it. */
export type Session = ApiOutput<'get', '/networks/:networkId/sessions'>['sessions'][number]

/** Why sessions end, in words. */
export const REASONS: Readonly<Record<string, string>> = {
  quit: sessionMessages.quit,
  kick: sessionMessages.kick,
  timeout: sessionMessages.timeout,
  crash: sessionMessages.crash,
  link_lost: sessionMessages.linkLost,
  shutdown: sessionMessages.shutdown,
  other: sessionMessages.other,
}

/** Why a session ended, or that it goes on. */
export function reasonWords({ endReason }: Pick<Session, 'endReason'>): string {
  return endReason === null ? sessionMessages.open : (REASONS[endReason] ?? endReason)
}

/** The edition and the device that somebody plays on. */
export function platformWords({ platform, device }: { readonly platform: string; readonly device: string }): string {
  const edition = platform === 'bedrock' ? m.bedrock : m.java
  return device === '' ? edition : `${edition} · ${deviceWords(device)}`
}

/** Game modes in the order in which they were played, each change once. */
export function gamemodePath(session: Pick<Session, 'gamemodes'>): readonly string[] {
  const names = session.gamemodes.map(({ gamemode }) => gamemode)
  return names.filter((name, index) => name !== names[index - 1])
}
