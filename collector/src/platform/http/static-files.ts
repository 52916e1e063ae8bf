import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSIBLE = /^text\/|json$|svg\+xml$/
/** Below it a packet is sent either way. */
const GZIP_BYTES_MIN = 1_024
const NOT_FOUND_PATH = '/404.html'
/** Names of built files hold a hash of their content, so they never change. */
const HASHED_PATH = /^\/_astro\//
const POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "img-src 'self' data:",
].join('; ')

interface StaticFile {
  readonly bytes: Buffer
  /** Made when it is first wanted; undefined for what is compressed already, or so small that it is not worth it. */
  readonly gzipped: () => Buffer | undefined
  readonly type: string
  readonly etag: string
}

/**
 * @returns the answer for a path of the site: the file; the page that says there is none, for a browser that wants a
 *   page; or undefined
 */
export type StaticFiles = (request: Request) => Response | undefined

/** Serves a directory of built files from memory. It is read when first needed, and again when it was built anew. */
export function createStaticFiles(directory: string | undefined): StaticFiles {
  let files = new Map<string, StaticFile>()
  let readMs = -1

  function refresh(): void {
    const stat = directory === undefined ? undefined : statSync(directory, { throwIfNoEntry: false })
    if (directory === undefined || stat === undefined || stat.mtimeMs === readMs) return
    readMs = stat.mtimeMs
    files = new Map(Array.from(walk(directory), (path) => [urlPath(directory, path), load(path)]))
  }

  return (request) => {
    refresh()
    const { pathname } = new URL(request.url)
    const file = files.get(pathname) ?? files.get(`${pathname.replace(/\/$/, '')}/index.html`)
    if (file === undefined) return isForPage(request) ? answer(files.get(NOT_FOUND_PATH), request, 404) : undefined
    return answer(file, request, 200)
  }
}

function isForPage(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') === true
}

function answer(file: StaticFile | undefined, request: Request, status: 200 | 404): Response | undefined {
  if (file === undefined) return undefined
  const { pathname } = new URL(request.url)
  const headers = new Headers({
    'content-type': file.type,
    etag: file.etag,
    'cache-control': HASHED_PATH.test(pathname) && status === 200 ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': POLICY,
    vary: 'accept-encoding',
  })
  if (status === 200 && request.headers.get('if-none-match') === file.etag) {
    return new Response(null, { status: 304, headers })
  }
  const gzipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? file.gzipped() : undefined
  if (gzipped !== undefined) headers.set('content-encoding', 'gzip')
  return new Response(new Uint8Array(gzipped ?? file.bytes), { status, headers })
}

function* walk(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (entry.isFile()) yield path
  }
}

function urlPath(directory: string, path: string): string {
  return `/${relative(directory, path).split(sep).join('/')}`
}

function load(path: string): StaticFile {
  const bytes = readFileSync(path)
  // Weak, since it is the same for both ways of sending the file.
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  const isWorthIt = COMPRESSIBLE.test(type) && bytes.length >= GZIP_BYTES_MIN
  let gzipped: Buffer | undefined
  return {
    bytes,
    type,
    etag,
    gzipped() {
      if (isWorthIt) gzipped ??= gzipSync(bytes, { level: 9 })
      return gzipped
    },
  }
}
