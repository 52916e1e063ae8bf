import { createRoute, type OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { createRouter, type RouterEnv } from '../platform/http/router.ts'
import type { Access } from './access.ts'
import type { Actor } from './actor.ts'
import type { Author, Origin } from './author.ts'
import type { Asked, Gate } from './gate.ts'

/** What handlers of the API know of a request that the gate let pass. */
export interface ApiVariables {
  gate: Gate
  origin: Origin
  /** Who asks. Nobody in particular on routes that are for anyone. */
  actor: Actor
  /** For whatever is written down of the request. */
  author: Author
  /** Makes a signal that aborts when the client leaves or may no longer have what it was given. */
  createAllowedSignal: () => AbortSignal
}
type ApiEnv = RouterEnv & { Variables: ApiVariables }

/** A router of the API, whose routes are made by `createApiRoute`. */
export function createApiRouter(): OpenAPIHono<ApiEnv> {
  return createRouter<ApiVariables>()
}

/** A route of the API: who may use it stands with it, is enforced before its handler, and is in the OpenAPI document. */
export function createApiRoute<Path extends string, Route extends RouteConfigOf<Path> & { readonly access: Access }>(
  route: Route,
): RouteOf<Path, Route> {
  const { access, ...config } = route
  const made = createRoute<Path, RouteConfigOf<Path>>({
    ...config,
    'x-access': access,
    middleware: [enforce(access)],
  } as RouteConfigOf<Path>)
  return made as unknown as RouteOf<Path, Route>
}

type RouteConfigOf<Path extends string> = Omit<RouteConfig, 'path'> & { path: Path }
type RouteOf<Path extends string, Route extends RouteConfigOf<Path>> = ReturnType<typeof createRoute<Path, Route>>

function enforce(access: Access): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const gate = context.get('gate')
    const { headers, method, signal } = context.req.raw
    const asked: Asked = { headers, method, networkId: context.req.param('networkId'), origin: context.get('origin') }
    let cookie: string | undefined
    function addCookie(): void {
      if (cookie === undefined || context.res.headers.has('set-cookie')) return
      context.res.headers.append('set-cookie', cookie)
    }
    try {
      const { actor, author } = await gate.pass(access, asked, (renewed) => {
        cookie = renewed
      })
      context.set('actor', actor)
      context.set('author', author)
    } catch (error) {
      // What is set here goes over to the answer that says why.
      addCookie()
      throw error
    }
    context.set('createAllowedSignal', () => gate.watch(access, asked, signal))
    await next()
    addCookie()
  }
}
