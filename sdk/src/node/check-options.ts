import { LIMITS } from '../protocol/index.ts'
import { checkText } from './check.ts'
import type { ClientOptions } from './options.ts'
import { streamUrl } from './ws-transport.ts'

/**
 * Checks what a program passes to `createClient` and returns the stream's address.
 *
 * @throws TypeError with what to do, since a mistake here is one in the program
 */
export function checkOptions(options: ClientOptions): URL {
  const url = typeof options?.endpoint === 'string' ? streamUrl(options.endpoint) : undefined
  if (url === undefined) {
    throw new TypeError('createClient: endpoint must be an address such as "wss://mctrack.example"')
  }
  if (typeof options.key !== 'string' || options.key === '') {
    throw new TypeError('createClient: key is missing; create one with "mctrack keys create"')
  }
  const { name, kind } = options.server ?? {}
  const wrong = checkText('createClient: server.name', name, LIMITS.serverNameBytesMax)
  if (wrong !== undefined) throw new TypeError(wrong.message)
  if (kind !== 'proxy' && kind !== 'backend') {
    throw new TypeError('createClient: server.kind must be "proxy" or "backend"')
  }
  return url
}
