import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a directory and those above it that are missing. Node's own way of it tries for ever where a file system says
 * "no such directory" to whoever wants to make one, as /proc does.
 *
 * @throws what the operating system says when one cannot be made; ENOTDIR when a file is in the way
 */
export function makeDirectory(path: string, mode: number): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) return
  const above = dirname(path)
  if (stat === undefined && above !== path) makeDirectory(above, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Somebody else may have made it in between.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}
