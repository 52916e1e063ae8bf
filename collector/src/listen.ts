import * as uws from 'uWebSockets.js'
import { MctrackError } from './platform/error.ts'
import { type Metrics, type MetricsServer, serveMetrics } from './platform/metrics.ts'

interface Address {
  readonly host: string
  readonly port: number
}

/** uWebSockets.js takes the options in third place too, which its types do not say. */
interface ExclusiveListener {
  listen(host: string, port: number, options: number, done: (socket: uws.us_listen_socket | false) => void): unknown
}

/** Without this, two processes could listen on one port and share its connections. */
const EXCLUSIVE_PORT = 1

/**
 * Opens the door for everything but the metrics.
 *
 * @throws MctrackError PORT_IN_USE
 */
export function listen(
  app: uws.TemplatedApp,
  { host, port }: Address,
): Promise<{ readonly listenSocket: uws.us_listen_socket; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const listener = app as unknown as ExclusiveListener
    listener.listen(host, port, EXCLUSIVE_PORT, (listenSocket) => {
      if (listenSocket === false) {
        reject(
          new MctrackError(
            'PORT_IN_USE',
            `Another program already listens on ${host}:${port}, or this address is not one of this machine. Stop it, or set MCTRACK_PORT or MCTRACK_HOST.`,
          ),
        )
      } else {
        resolve({ listenSocket, port: uws.us_socket_local_port(listenSocket) })
      }
    })
  })
}

/** @throws MctrackError PORT_IN_USE */
export async function listenForMetrics(metrics: Metrics, { host, port }: Address): Promise<MetricsServer> {
  try {
    return await serveMetrics(metrics, { host, port })
  } catch (error) {
    const sentence = `The metrics cannot listen on ${host}:${port}. Set MCTRACK_METRICS_PORT to a free port.`
    throw new MctrackError('PORT_IN_USE', sentence, { cause: error })
  }
}
