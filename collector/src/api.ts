import { OpenAPIHono } from '@hono/zod-openapi'
import { ERROR_CODES, STREAM_PATH } from '@mctrack/sdk/protocol'
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { createAboutRoutes } from './about.ts'
import { createApiRouter, type Gate } from './access/index.ts'
import { createAuditRoutes } from './audit/index.ts'
import { createCcuRoutes } from './ccu/index.ts'
import { createDeadLetterRoutes } from './dead-letters/index.ts'
import { createDemoRoutes } from './demo/index.ts'
import { createAccountDataRoutes, createNetworkDeletionRoutes, createPlayerDataRoutes } from './erasure/index.ts'
import { createEventRoutes } from './events/index.ts'
import { createHealthRoutes } from './health/index.ts'
import { createIngestRoutes } from './ingest/index.ts'
import { createKeyRoutes } from './keys/index.ts'
import { createLiveRoutes } from './live/index.ts'
import { createInvitationRoutes, createMemberRoutes, createRoleRoutes } from './members/index.ts'
import { createNetworkRoutes } from './networks/index.ts'
import { createOptOutRoutes } from './opt-outs/index.ts'
import { type AddressRange, findClientAddress, maskAddress } from './platform/client-address.ts'
import { MctrackError } from './platform/error.ts'
import { type ErrorBody, errorBody } from './platform/http/error-body.ts'
import { methodsAt } from './platform/http/methods-at.ts'
import { errorSchema, type RouterEnv } from './platform/http/router.ts'
import type { StaticFiles } from './platform/http/static-files.ts'
import type { FetchHandler } from './platform/http/uws-adapter.ts'
import type { Log } from './platform/log.ts'
import type { Metrics } from './platform/metrics.ts'
import { toMctrackError } from './platform/to-mctrack-error.ts'
import { createPlayerRoutes } from './players/index.ts'
import type { Readiness } from './readiness.ts'
import { createServerRoutes } from './servers/index.ts'
import { createSessionRoutes } from './sessions/index.ts'
import { createAccountRoutes, createSignInRoutes } from './sign-in/index.ts'
import { createDeviceRoutes, createTokenRoutes } from './tokens/index.ts'
import { createUserRoutes } from './users/index.ts'
import { COLLECTOR_VERSION } from './version.ts'

/** Everything that the HTTP side needs, by feature. */
export interface ApiDeps {
  readonly about: Parameters<typeof createAboutRoutes>[0]
  readonly networks: Parameters<typeof createNetworkRoutes>[0]
  readonly demo: Parameters<typeof createDemoRoutes>[0]
  readonly keys: Parameters<typeof createKeyRoutes>[0]
  readonly servers: Parameters<typeof createServerRoutes>[0]
  readonly live: Parameters<typeof createLiveRoutes>[0]
  readonly ccu: Parameters<typeof createCcuRoutes>[0]
  readonly sessions: Parameters<typeof createSessionRoutes>[0]
  readonly players: Parameters<typeof createPlayerRoutes>[0]
  readonly optOuts: Parameters<typeof createOptOutRoutes>[0]
  readonly events: Parameters<typeof createEventRoutes>[0]
  readonly deadLetters: Parameters<typeof createDeadLetterRoutes>[0]
  readonly health: Parameters<typeof createHealthRoutes>[0]
  readonly audit: Parameters<typeof createAuditRoutes>[0]
  readonly signIn: Parameters<typeof createSignInRoutes>[0]
  readonly account: Parameters<typeof createAccountRoutes>[0]
  readonly users: Parameters<typeof createUserRoutes>[0]
  readonly tokens: Parameters<typeof createTokenRoutes>[0]
  readonly devices: Parameters<typeof createDeviceRoutes>[0]
  readonly roles: Parameters<typeof createRoleRoutes>[0]
  readonly members: Parameters<typeof createMemberRoutes>[0]
  readonly invitations: Parameters<typeof createInvitationRoutes>[0]
  readonly accountData: Parameters<typeof createAccountDataRoutes>[0]
  readonly networkDeletion: Parameters<typeof createNetworkDeletionRoutes>[0]
  readonly playerData: Parameters<typeof createPlayerDataRoutes>[0]
  /** Undefined in a process that does not ingest. */
  readonly ingest: Parameters<typeof createIngestRoutes>[0] | undefined
  readonly servesApi: boolean
  readonly gate: Gate
  /** Proxies whose word is taken for where a request comes from. */
  readonly trustedProxies: readonly AddressRange[]
  readonly checkReadiness: () => Promise<Readiness>
  readonly staticFiles: StaticFiles
  /** Of every answer that has none of the name. */
  readonly securityHeaders: ReadonlyMap<string, string>
  readonly createRequestId: () => string
  readonly log: Log
  readonly metrics: Metrics
}

/** The routes below `/api/v1`. The site and the CLI use their types. */
function createV1(deps: ApiDeps) {
  const router = createApiRouter()
  router.use('*', async (context, next) => {
    const origin = { address: maskAddress(context.env.remoteAddress), requestId: context.get('requestId') }
    context.set('gate', deps.gate)
    context.set('origin', origin)
    await next()
  })
  return router
    .route('/', createAboutRoutes(deps.about))
    .route('/', createNetworkRoutes(deps.networks))
    .route('/', createDemoRoutes(deps.demo))
    .route('/', createKeyRoutes(deps.keys))
    .route('/', createServerRoutes(deps.servers))
    .route('/', createLiveRoutes(deps.live))
    .route('/', createCcuRoutes(deps.ccu))
    .route('/', createSessionRoutes(deps.sessions))
    .route('/', createPlayerRoutes(deps.players))
    .route('/', createOptOutRoutes(deps.optOuts))
    .route('/', createEventRoutes(deps.events))
    .route('/', createDeadLetterRoutes(deps.deadLetters))
    .route('/', createHealthRoutes(deps.health))
    .route('/', createAuditRoutes(deps.audit))
    .route('/', createSignInRoutes(deps.signIn))
    .route('/', createAccountRoutes(deps.account))
    .route('/', createUserRoutes(deps.users))
    .route('/', createTokenRoutes(deps.tokens))
    .route('/', createDeviceRoutes(deps.devices))
    .route('/', createRoleRoutes(deps.roles))
    .route('/', createMemberRoutes(deps.members))
    .route('/', createInvitationRoutes(deps.invitations))
    .route('/', createAccountDataRoutes(deps.accountData))
    .route('/', createNetworkDeletionRoutes(deps.networkDeletion))
    .route('/', createPlayerDataRoutes(deps.playerData))
}
export type ApiV1 = ReturnType<typeof createV1>
export type { ErrorBody }

/** The whole HTTP side: API, ingest without a socket, health, and the site. */
export function createApi(deps: ApiDeps): FetchHandler {
  const app = new OpenAPIHono<RouterEnv>()
  app.use('*', requestContext(deps))
  app.use('/api/*', requireJson)
  app.use('/v1/ingest/*', requireJson)
  app.onError((error, context) => {
    const known = error instanceof HTTPException ? new MctrackError('BODY_MALFORMED') : toMctrackError(error)
    // A client that goes away aborts what was done for it; that is no failure.
    if (known.code === 'INTERNAL' && !context.req.raw.signal.aborted) {
      deps.log.error({ err: error, requestId: context.get('requestId') }, 'a request failed')
    }
    return errorResponse(known)
  })

  function nothingThere({ req: { method, path } }: Context): Response {
    const methods = methodsAt(app, path)
    if (methods.length === 0) return errorResponse(new MctrackError('ROUTE_NOT_FOUND'))
    const message = `This address takes ${methods.join(' or ')}, not ${method}.`
    const response = errorResponse(new MctrackError('METHOD_NOT_ALLOWED', message))
    response.headers.set('allow', methods.join(', '))
    return response
  }

  app.get('/healthz', (context) => context.text('ok\n'))
  app.get('/readyz', async (context) => {
    const readiness = await deps.checkReadiness()
    return context.json(readiness, readiness.status === 'ready' ? 200 : 503)
  })
  app.get(STREAM_PATH, () => errorResponse(new MctrackError('UPGRADE_REQUIRED')))
  if (deps.ingest !== undefined) app.route('/v1/ingest', createIngestRoutes(deps.ingest))
  if (deps.servesApi) {
    app.get('/api/v1/openapi.json', (context) => context.json(openApiDocument(app)))
    app.route('/api/v1', createV1(deps))
    app.get('*', (context) => {
      const isOfApi = context.req.path.startsWith('/api/')
      return (isOfApi ? undefined : deps.staticFiles(context.req.raw)) ?? nothingThere(context)
    })
  }
  app.all('*', nothingThere)
  return (request, { remoteAddress }) => {
    const forwardedFor = request.headers.get('x-forwarded-for')
    return app.fetch(request, {
      remoteAddress: findClientAddress(remoteAddress, forwardedFor, deps.trustedProxies),
    })
  }
}

/** Bodies are JSON; a form of another site could send anything else. */
const requireJson: MiddlewareHandler = async (context, next) => {
  const { method, headers } = context.req.raw
  const hasBody = method !== 'GET' && method !== 'HEAD' && Number(headers.get('content-length') ?? 0) > 0
  if (hasBody && !/^application\/json\b/i.test(headers.get('content-type') ?? '')) {
    throw new MctrackError('MEDIA_TYPE_UNSUPPORTED')
  }
  await next()
}

function requestContext({ createRequestId, metrics, securityHeaders }: ApiDeps): MiddlewareHandler<RouterEnv> {
  return async (context, next) => {
    const startedMs = performance.now()
    const requestId = createRequestId()
    context.set('requestId', requestId)
    await next()
    const { headers, status } = context.res
    headers.set('x-request-id', requestId)
    for (const [name, value] of securityHeaders) {
      if (!headers.has(name)) headers.set(name, value)
    }
    const labels = { method: context.req.method, route: context.req.routePath, status: String(status) }
    metrics.httpSeconds.observe(labels, (performance.now() - startedMs) / 1_000)
  }
}

function errorResponse(error: MctrackError): Response {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (ERROR_CODES[error.code].retry === 'later') {
    headers.set('retry-after', String(Math.ceil((error.retryAfterMs ?? 1_000) / 1_000)))
  }
  return new Response(JSON.stringify(errorBody(error.code, error.message)), { status: error.status, headers })
}

/** The OpenAPI document of what is mounted. Every operation may also answer with an error. */
function openApiDocument(app: OpenAPIHono<RouterEnv>): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  })
  app.openAPIRegistry.register('Error', errorSchema)
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'MCTrack',
      version: COLLECTOR_VERSION,
      description:
        'Analytics for Minecraft networks. Instants are Unix milliseconds UTC, money is in integer minor units.',
    },
    security: [{ token: [] }],
  })
  const error = {
    description: 'What went wrong.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      if (operation?.responses !== undefined) operation.responses['default'] = error
    }
  }
  return document
}
