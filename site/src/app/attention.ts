import type { AppPage } from '../url/app-location.ts'
import type { IngestHealth } from './app-sources.ts'

/** A server that is silent for longer was taken away without a word. */
export const SILENT_MS_MAX = 24 * 60 * 60_000

/** How many things on each page want a person: dead letters that nobody decided about, servers that fell silent. */
export function countAttention({
  servers,
  deadLetters,
  atMs,
}: Pick<IngestHealth, 'servers' | 'deadLetters' | 'atMs'>): Partial<Readonly<Record<AppPage, number>>> {
  const silent = servers.filter(({ state, lastSeenAtMs }) => state === 'silent' && atMs - lastSeenAtMs < SILENT_MS_MAX)
  return { servers: silent.length, health: deadLetters ?? 0 }
}
