import { LIMITS } from '../protocol/index.ts'
import { checkText } from './check.ts'
import type { ClientOptions } from './options.ts'
import { streamUrl } from './ws-transport.ts'

const CONTROL = /\p{Cc}/u

/** What the server's software calls itself, cut to what a hello may say: it only informs, so it must not stop anything. */
export function cleanSoftware(software: NonNullable<ClientOptions['software']>): {
  readonly name: string
  readonly version: string
} {
  return { name: cleanText(software.name), version: cleanText(software.version) }
}

function cleanText(text: unknown): string {
  return String(text ?? '')
    .replace(/[^ -~]/g, '?')
    .slice(0, LIMITS.softwareBytesMax)
}

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
  const { key, enabled = true } = options
  // A machine that reports nothing needs no key. One read from a file often ends in a line end, which no header takes.
  if (enabled && (typeof key !== 'string' || !/^[!-~]+$/.test(key))) {
    throw new TypeError('createClient: key is missing or holds a space; create one with "mctrack keys create"')
  }
  const { name, kind } = options.server ?? {}
  const wrong = checkText('createClient: server.name', name, LIMITS.serverNameBytesMax)
  if (wrong !== undefined) throw new TypeError(wrong.message)
  if (CONTROL.test(name)) throw new TypeError('createClient: server.name holds control characters')
  if (kind !== 'proxy' && kind !== 'backend') {
    throw new TypeError('createClient: server.kind must be "proxy" or "backend"')
  }
  return url
}
