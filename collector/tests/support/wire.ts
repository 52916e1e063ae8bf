import { createConnection, createServer, type Server, type Socket } from 'node:net'

/** A wire to a port or a Unix socket of this machine that can be cut. */
export interface Wire {
  readonly port: number
  cut(): void
  mend(): Promise<void>
}

export async function layWire(to: number | string): Promise<Wire> {
  const sockets = new Set<Socket>()
  const listen = (port: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((near) => {
        const far = typeof to === 'string' ? createConnection(to) : createConnection(to, '127.0.0.1')
        for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
          sockets.add(socket)
          socket.on('error', () => other.destroy())
          socket.on('close', () => {
            sockets.delete(socket)
            other.destroy()
          })
          socket.pipe(other)
        }
      })
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  let server = await listen(0)
  const { port } = server.address() as { port: number }
  return {
    port,
    cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    async mend() {
      server = await listen(port)
    },
  }
}
