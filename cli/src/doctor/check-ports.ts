import { createServer } from 'node:net'
import { type Finding, fail, pass } from './finding.ts'

/** Where a collector would listen if it were started now, unless told otherwise. */
export interface PortsToCheck {
  readonly host: string
  readonly ports: ReadonlyArray<{ readonly port: number; readonly variable: string; readonly purpose: string }>
}

/** The ports of the environment, or the collector's own defaults. */
export function portsOf(env: Readonly<Record<string, string | undefined>>): PortsToCheck {
  return {
    host: env['MCTRACK_HOST'] || '127.0.0.1',
    ports: [
      { port: Number(env['MCTRACK_PORT'] || 4000), variable: 'MCTRACK_PORT', purpose: 'servers, the API and the site' },
      { port: Number(env['MCTRACK_METRICS_PORT'] || 4001), variable: 'MCTRACK_METRICS_PORT', purpose: 'metrics' },
    ],
  }
}

/** Whether a collector could listen: each port is taken for a moment. Makes sense while none runs. */
export async function checkPorts({ host, ports }: PortsToCheck): Promise<readonly Finding[]> {
  return Promise.all(
    ports.map(async ({ port, variable, purpose }) => {
      const name = `port-${variable === 'MCTRACK_PORT' ? 'main' : 'metrics'}`
      const problem = await tryListen(host, port)
      if (problem === undefined) return pass(name, `Port ${port} for ${purpose} is free.`)
      const message =
        problem === 'EADDRINUSE'
          ? `Another program listens on ${host}:${port}, the port for ${purpose}.`
          : `${host}:${port} cannot be listened on (${problem}).`
      return fail(name, message, `Stop it, or choose another port: ${variable}, or the flag of "mctrack up".`)
    }),
  )
}

/** @returns the code of what is in the way, or undefined */
function tryListen(host: string, port: number): Promise<string | undefined> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return Promise.resolve('it is no port')
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}
