import { readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

/** A directory of built files, served as the collector serves it. */
export interface ServedSite {
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The collector's own policy, so that what works here works there. */
export function readPolicy(): string {
  const source = readFileSync(new URL('../../../collector/src/platform/http/static-files.ts', import.meta.url), 'utf8')
  const list = /const POLICY = \[([\s\S]*?)\]/.exec(source)?.[1] ?? ''
  const parts = Array.from(list.matchAll(/"([^"]+)"/g), ([, part]) => part)
  if (parts.length < 4) throw new Error('the policy of the collector is not where it was')
  return parts.join('; ')
}

/** Serves built files; `rewrite` gives another path for one that is asked for. */
export async function serveSite(
  directory: string,
  rewrite: (path: string) => string = (path) => path,
): Promise<ServedSite> {
  const policy = readPolicy()
  const server = createServer((request, response) => {
    const path = rewrite(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = findFile(join(directory, normalize(path)))
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"error":{"code":"ROUTE_NOT_FOUND","message":"There is nothing at this address."}}')
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) }
}

function findFile(path: string): string | undefined {
  return [path, join(path, 'index.html')].find(
    (candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true,
  )
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
