import type { ApiV1 } from '@mctrack/collector/api'
import type { ExtractSchema } from 'hono/types'

type Schema = ExtractSchema<ApiV1>

/** How the API is asked. */
export type ApiMethod = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The paths that take a method, such as `/networks/:networkId/live`. */
export type ApiPath<Method extends ApiMethod> = {
  [Path in keyof Schema]: Schema[Path] extends Readonly<Record<`$${Method}`, unknown>> ? Path : never
}[keyof Schema] &
  string

type Endpoint<Method extends ApiMethod, Path extends ApiPath<Method>> = `$${Method}` extends keyof Schema[Path]
  ? Schema[Path][`$${Method}`]
  : never

/** What a path takes: `param`, `query` and `json`, as far as it has them. */
export type ApiInput<Method extends ApiMethod, Path extends ApiPath<Method>> =
  Endpoint<Method, Path> extends { input: infer Input } ? Input : never

/** What a path answers when all is well. */
export type ApiOutput<Method extends ApiMethod, Path extends ApiPath<Method>> =
  Endpoint<Method, Path> extends infer One ? (One extends { output: infer Output } ? Output : never) : never
