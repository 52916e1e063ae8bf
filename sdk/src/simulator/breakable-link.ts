import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A way to a collector that can break in the middle of anything, as networks do. */
export interface BreakableLink {
  /** For `createClient`. */
  readonly endpoint: string
  /** Cuts the connection, and every new one for a while. */
  breakFor(durationMs: number): void
  close(): void
}

/**
 * Opens a port of this machine that passes everything on to the collector. Encrypted links cannot be passed on under
 * another name, so they never break; neither does one that nobody wants to break.
 */
export async function openBreakableLink(
  endpoint: string,
  options: { readonly isBreakable: boolean; readonly now: () => number },
): Promise<BreakableLink> {
  const url = new URL(endpoint)
  const isPlain = url.protocol === 'ws:' || url.protocol === 'http:'
  if (!isPlain || !options.isBreakable) return { endpoint, breakFor: () => undefined, close: () => undefined }
  const sockets = new Set<Socket>()
  let brokenUntilMs = 0

  const server: Server = createServer({ noDelay: true }, (client) => {
    if (options.now() < brokenUntilMs) {
      client.destroy()
      return
    }
    const collector = connect({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || '80'),
      noDelay: true,
    })
    join(client, collector)
    join(collector, client)
  })

  function join(from: Socket, to: Socket): void {
    sockets.add(from)
    from.pipe(to)
    // Whatever breaks one side breaks the other; the SDK hears of it as of any lost link.
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }

  function destroyAll(): void {
    for (const socket of sockets) socket.destroy()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `ws://127.0.0.1:${port}${url.pathname}`,
    breakFor(durationMs) {
      brokenUntilMs = options.now() + durationMs
      destroyAll()
    },
    close() {
      server.close()
      destroyAll()
    },
  }
}
