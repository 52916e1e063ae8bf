import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A build takes a few seconds; one that takes this long hangs. */
const BUILD_TIMEOUT_MS = 180_000
const OUTPUT_CHARS_MAX = 4_000
const SOURCES = ['src', 'build', 'public', 'astro.config.ts', 'package.json', 'tsconfig.json']
/** What its documentation is made from, from the site's directory: documents, types, commands and routes. */
const DOCUMENTED = [
  'CHANGELOG.md',
  'SECURITY.md',
  'docs',
  'deploy/README.md',
  'sdk/package.json',
  'sdk/README.md',
  'sdk/PROTOCOL.md',
  'sdk/src',
  'cli/README.md',
  'cli/src',
  'collector/src',
].map((path) => join('..', path))

/** Directory of the site's package in the workspace. */
export const SITE_DIRECTORY = fileURLToPath(new URL('../../../site', import.meta.url))

/** Whether there are sources of a site, and what was built of them is missing or older than they are. */
export function isSiteStale(siteDirectory: string): boolean {
  if (!existsSync(join(siteDirectory, 'src'))) return false
  const built = statSync(join(siteDirectory, 'dist', 'index.html'), { throwIfNoEntry: false })
  if (built === undefined) return true
  return [...SOURCES, ...DOCUMENTED].some((name) => newestMs(join(siteDirectory, name)) > built.mtimeMs)
}

/** What became of a build; `why` is the end of what it said. */
export type SiteBuild = { readonly kind: 'built' } | { readonly kind: 'failed'; readonly why: string }

/** Runs the site's build, `astro build`, with the Node that runs this command. */
export function buildSite(
  siteDirectory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SiteBuild> {
  const astro = join(siteDirectory, 'node_modules', 'astro', 'bin', 'astro.mjs')
  if (!existsSync(astro)) return Promise.resolve({ kind: 'failed', why: 'its packages are not installed' })
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [astro, 'build'], {
      cwd: siteDirectory,
      env: { ...env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: BUILD_TIMEOUT_MS,
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-OUTPUT_CHARS_MAX)
      })
    }
    child.once('error', (error) => resolve({ kind: 'failed', why: error.message }))
    child.once('close', (code, signal) =>
      resolve(
        code === 0 ? { kind: 'built' } : { kind: 'failed', why: said.trim() || `it ended with ${signal ?? code}` },
      ),
    )
  })
}

/** Of a file, or of everything in a directory but tests. */
function newestMs(path: string): number {
  if (path.endsWith('.test.ts')) return 0
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), stat.mtimeMs)
}
