import { type ApiDeps, createApi } from './api.ts'

// Prints the OpenAPI document of all routes as JSON, without databases and sockets. The build of the site starts it.

/** Routes take what they work with when they are made and use it when they are asked, and here nobody asks them. */
const unused: Readonly<Record<string, unknown>> = {}

const known: Readonly<Record<string, unknown>> = {
  servesApi: true,
  createRequestId: () => 'build',
  metrics: { httpSeconds: { observe: () => undefined } },
  securityHeaders: new Map(),
  trustedProxies: [],
}
const deps = new Proxy(known, { get: (target, name) => target[String(name)] ?? unused }) as unknown as ApiDeps

const request = new Request('http://localhost/api/v1/openapi.json')
const response = await createApi(deps)(request, { remoteAddress: '127.0.0.1' })
if (!response.ok) throw new Error(`the API answered ${response.status} when it was asked for its document`)
process.stdout.write(await response.text())
