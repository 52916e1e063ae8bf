import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a directory for this user alone, and those above it that are missing. Node's own way of it tries for ever where
 * a file system says "no such directory" to whoever wants to make one, as /proc does.
 *
 * @throws what the operating system says when one cannot be made
 */
export function makeDirectory(path: string): void {
  const isThere = (): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (isThere()) return
  const above = dirname(path)
  if (above !== path) makeDirectory(above)
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Somebody else may have made it in between.
    if (!isThere()) throw error
  }
}
