import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from 'hono'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
/** The path of routes that stand for whatever is left. */
const ANY_PATH = '/*'

/** The methods that an app takes at a path, by its own routes: neither middleware nor routes for any path count. */
export function methodsAt<ItsEnv extends Env>(app: OpenAPIHono<ItsEnv>, path: string): string[] {
  return METHODS.filter((method) => {
    const [found] = app.router.match(method, path)
    return found.some(([[, route]]) => route.method === method && route.path !== ANY_PATH)
  })
}
