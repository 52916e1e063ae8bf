import { request } from 'node:http'
import type { TestCollector } from './collector.ts'

/** An answer as it came, whatever it is. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sends a request as it is written: any path, any header or none, twice too. Adds `Host` and the length alone. */
export function sendRaw(
  { port }: Pick<TestCollector, 'port'>,
  method: string,
  path: string,
  options: {
    readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
    readonly body?: string | Buffer
  } = {},
): Promise<RawAnswer> {
  const { headers = {}, body } = options
  const given = Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        headers: {
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
          ...Object.fromEntries(given),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const answered = new Headers()
          for (let i = 0; i < response.rawHeaders.length; i += 2) {
            answered.append(response.rawHeaders[i] ?? '', response.rawHeaders[i + 1] ?? '')
          }
          resolve({ status: response.statusCode ?? 0, headers: answered, text: Buffer.concat(chunks).toString() })
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
