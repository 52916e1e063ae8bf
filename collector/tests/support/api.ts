import { setTimeout as sleep } from 'node:timers/promises'
import type { TestCollector } from './collector.ts'
import { checkAnswer } from './openapi.ts'

/** The answer to a request, read whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // Tests look into answers field by field; their shapes are checked against the OpenAPI document.
  // biome-ignore lint/suspicious/noExplicitAny: the answer of any route
  readonly body: any
}

/** Asks the API as the operator, unless another token is given, and holds the answer against the OpenAPI document. */
export async function ask(
  collector: Pick<TestCollector, 'url' | 'token'>,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const response = await fetch(collector.url + path, {
    method,
    headers: {
      authorization: `Bearer ${collector.token}`,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  const body: unknown = isJson ? JSON.parse(text) : text
  await checkAnswer(collector, { method, path, status: response.status, body })
  return { status: response.status, headers: response.headers, body }
}

/** A network with one key that reports for all of it. */
export async function createNetwork(
  collector: TestCollector,
  network: { readonly name?: string; readonly timeZone?: string } = {},
): Promise<{ readonly networkId: string; readonly key: string; readonly keyId: string; readonly path: string }> {
  const created = await ask(collector, 'POST', '/api/v1/networks', { body: { name: 'Test', ...network } })
  const path = `/api/v1/networks/${created.body.id}`
  const key = await ask(collector, 'POST', `${path}/keys`, { body: { name: 'test' } })
  return { networkId: created.body.id, key: key.body.key, keyId: key.body.id, path }
}

/** Asks again until the answer is what it should be. */
export async function until<Value>(
  get: () => Promise<Value> | Value,
  isRight: (value: Value) => boolean,
  timeoutMs = 15_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await get()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`still not right after ${timeoutMs} ms: ${JSON.stringify(value)}`)
    await sleep(50)
  }
}
