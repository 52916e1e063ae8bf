import { type FileByCollector, openFileByCollector } from '../configuration/file-by-collector.ts'

/** No token is longer. */
const TOKEN_CHARS_MAX = 512

/** Tokens that `mctrack login` got, by the address of the collector. */
export type StoredCredentials = FileByCollector

/** Keeps them in `credentials.json`. */
export function openStoredCredentials(env: Readonly<Record<string, string | undefined>>): StoredCredentials {
  return openFileByCollector(env, {
    fileName: 'credentials.json',
    member: 'tokens',
    valueCharsMax: TOKEN_CHARS_MAX,
    ifUnsound: 'Delete it, and log in again.',
    ifUnwritable: 'Set MCTRACK_CONFIG_DIR, or give the token with MCTRACK_TOKEN.',
  })
}
