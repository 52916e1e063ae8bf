import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Made, downloaded or private: none of it is ours to check. */
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.git', '.astro', '.mctrack', 'coverage', 'artifacts'])
const SKIPPED_AT_ROOT = new Set(['data'])
/** Far more than the project has; a tree that is larger is not the project. */
const FILES_MAX = 50_000

/** Paths of all files of the project below `folder`, relative to the root, with slashes, in order; none if it is not there. */
export function listFiles(root: string, folder = ''): readonly string[] {
  const paths: string[] = []
  if (existsSync(join(root, folder))) collect(root, folder, paths)
  return paths.sort()
}

function collect(root: string, folder: string, paths: string[]): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      const isSkipped = SKIPPED_FOLDERS.has(entry.name) || (folder === '' && SKIPPED_AT_ROOT.has(entry.name))
      if (!isSkipped) collect(root, path, paths)
    } else if (entry.isFile()) {
      if (paths.length >= FILES_MAX) throw new Error(`There are more than ${FILES_MAX} files below ${root}.`)
      paths.push(path)
    }
  }
}

/** Text of a file, or undefined when there is no such file. */
export function readText(root: string, path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined
    }
    throw error
  }
}

/** Whether a file holds tests rather than what is shipped. */
export function isTest(path: string): boolean {
  return /\.test\.[cm]?[jt]sx?$/.test(path) || /^[^/]+\/(tests|bench)\//.test(path)
}
