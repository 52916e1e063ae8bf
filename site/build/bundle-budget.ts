import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { AstroIntegration } from 'astro'

/** Until the first chart is drawn a page of the dashboard loads less JavaScript than this. */
export const FIRST_CHART_BYTES_MAX = 120_000

/** What one page of the dashboard loads until everything of it is there. */
export interface PageWeight {
  /** The chunk of the page, or the entry for a page without one. */
  readonly chunk: string
  readonly gzipBytes: number
  readonly files: readonly string[]
  /** Those of them that the page asks for after it was painted. */
  readonly laterFiles: readonly string[]
}

/** Fails the build when a page of the dashboard has become too heavy. */
export function bundleBudget(): AstroIntegration {
  return {
    name: 'mctrack:bundle-budget',
    hooks: {
      'astro:build:done': ({ dir, logger }) => {
        const [heaviest] = weighPages(fileURLToPath(dir))
        if (heaviest === undefined)
          throw new Error('The dashboard was not built: there is no app/index.html with a script.')
        const said = `${heaviest.gzipBytes} bytes of JavaScript (gzip) until the first chart, of ${FIRST_CHART_BYTES_MAX}`
        if (heaviest.gzipBytes >= FIRST_CHART_BYTES_MAX) throw new Error(`${heaviest.chunk} needs ${said}.`)
        logger.info(`${said}: ${heaviest.chunk}`)
      },
    },
  }
}

/**
 * Weighs every page of the built dashboard, the heaviest first: the scripts of its document with all that they import,
 * and one page's chunk with all that it imports, now or later.
 */
export function weighPages(directory: string, document = 'app/index.html'): readonly PageWeight[] {
  const entries = findScripts(directory, document)
  const frame = closure(directory, entries, 'static')
  const chunks = new Set(frame.flatMap((file) => importsOf(directory, file).later))
  const weigh = (chunk: string, files: readonly string[], first: readonly string[]): PageWeight => ({
    chunk,
    files,
    laterFiles: files.filter((file) => !first.includes(file)),
    gzipBytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(join(directory, file))).byteLength, 0),
  })
  const pages = Array.from(chunks, (chunk) => {
    const all = [...frame, ...closure(directory, [chunk], 'all', frame)]
    return weigh(chunk, all, [...frame, ...closure(directory, [chunk], 'static', frame)])
  })
  const bare = entries[0] === undefined || pages.length > 0 ? [] : [weigh(entries[0], frame, frame)]
  return [...pages, ...bare].sort((a, b) => b.gzipBytes - a.gzipBytes)
}

function findScripts(directory: string, page: string): readonly string[] {
  const folder = join(directory, dirname(page))
  if (!readdirSync(folder, { withFileTypes: true }).some(({ name }) => name === 'index.html')) return []
  const html = readFileSync(join(directory, page), 'utf8')
  return Array.from(html.matchAll(/<script[^>]*\ssrc="\/([^"]+\.js)"/g), ([, src = '']) => src)
}

/** What files import, without what is `known`: a page imports of the frame, which imports every other page. */
function closure(
  directory: string,
  from: readonly string[],
  kind: 'static' | 'all',
  known: readonly string[] = [],
): readonly string[] {
  const seen = new Set(known)
  const waiting = [...from]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    const { now, later } = importsOf(directory, file)
    waiting.push(...now, ...(kind === 'all' ? later : []))
  }
  return [...seen].slice(known.length)
}

/** The chunks that a chunk imports. Built code names them in quotes, relative to itself. */
function importsOf(
  directory: string,
  file: string,
): { readonly now: readonly string[]; readonly later: readonly string[] } {
  const code = readFileSync(join(directory, file), 'utf8')
  const resolve = (path: string): string => posix.join(posix.dirname(file), path)
  const later = Array.from(code.matchAll(/\bimport\(\s*["'`](\.[^"'`]+\.js)["'`]/g), ([, path = '']) => resolve(path))
  const now = Array.from(
    code.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'`;()]*?from\s*)?["'](\.[^"']+\.js)["']/g),
    ([, path = '']) => resolve(path),
  )
  return { now, later }
}
