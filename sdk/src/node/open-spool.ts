import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { ClientOptions } from './options.ts'
import { openSpoolFiles, type SpoolFiles } from './spool-files.ts'

const DIRECTORY_DEFAULT = join('.mctrack', 'spool')
const READABLE_CHARS_MAX = 40

/**
 * Opens the files of a client's spool, one directory for each server and collector. Without them (the option is false,
 * or the disk cannot be used, which is said) events are kept in memory only.
 */
export function openClientSpool(
  { spool, server }: ClientOptions,
  url: URL,
  onError: (error: unknown) => void,
): SpoolFiles | undefined {
  const directory = spool?.directory ?? DIRECTORY_DEFAULT
  if (directory === false) return undefined
  const readable = server.name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, READABLE_CHARS_MAX)
  const unique = createHash('sha256').update(`${url.href}\n${server.name}`).digest('hex').slice(0, 8)
  try {
    return openSpoolFiles(join(resolve(directory), `${readable}-${unique}`), { onError })
  } catch (error) {
    onError(error)
    return undefined
  }
}
