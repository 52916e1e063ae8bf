/** What stands for a key that is not shown any more. */
const NO_KEY = 'mct_…'

/** What one connects with, ready to be pasted. */
export interface Snippets {
  readonly sdk: string
  readonly http: string
  readonly bridge: string
}

/** @param origin of this site, such as `https://mctrack.example.net` */
export function writeSnippets({
  origin,
  key = NO_KEY,
}: {
  readonly origin: string
  readonly key?: string | undefined
}): Snippets {
  const endpoint = socketAddress(origin)
  return {
    sdk: `import { createClient } from '@mctrack/sdk'

const mctrack = createClient({
  key: '${key}',
  endpoint: '${endpoint}',
  server: { name: 'proxy-1', kind: 'proxy' },
})
const session = mctrack.join({
  uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
  name: 'Notch',
  hostname: 'play.example.net',
})
// later: session.leave({ reason: 'quit' })`,
    http: `curl -sS ${origin}/v1/ingest/session/start \\
  -H 'X-API-Key: ${key}' -H 'Content-Type: application/json' \\
  -d '{"server": "lobby-1", "name": "Notch",
       "uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5"}'`,
    bridge: `endpoint: ${endpoint}\nkey: ${key}`,
  }
}

/** Where servers connect to. */
export function socketAddress(origin: string): string {
  return origin.replace(/^http/, 'ws')
}
