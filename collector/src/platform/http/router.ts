import { type Hook, OpenAPIHono, z } from '@hono/zod-openapi'
import { ERROR_CODES } from '@mctrack/sdk/protocol'
import type { Context, Env } from 'hono'
import { errorBody } from './error-body.ts'
import type { HttpClient } from './uws-adapter.ts'
import { describeWrongFields, firstWrongField } from './wrong-fields.ts'

/** What is known of the client, and what middleware leaves for every handler. */
export interface RouterEnv extends Env {
  Bindings: HttpClient
  Variables: { requestId: string }
}

/** Wrong fields that one answer names. */
const FIELDS_MAX = 20

/**
 * A router whose input is checked: what does not fit the schema is answered with the fields that are wrong.
 *
 * @param onInvalid told about it before the answer
 */
export function createRouter<Variables extends object = object>(
  onInvalid?: (context: Context<RouterEnv & { Variables: Variables }>, detail: string) => Promise<void>,
): OpenAPIHono<RouterEnv & { Variables: Variables }> {
  type ItsEnv = RouterEnv & { Variables: Variables }
  const answerInvalid: Hook<unknown, ItsEnv, string, Promise<Response | undefined>> = async (result, context) => {
    if (result.success) return undefined
    const fields = describeWrongFields(result.error.issues)
    await onInvalid?.(context, firstWrongField(fields, 'the body'))
    const code = result.target === 'json' ? 'BODY_INVALID' : 'QUERY_INVALID'
    return context.json(errorBody(code, undefined, fields.slice(0, FIELDS_MAX)), ERROR_CODES[code].status)
  }
  return new OpenAPIHono<ItsEnv>({ defaultHook: answerInvalid })
}

/** The shape of errors in the OpenAPI document; every operation may answer with it. */
export const errorSchema = z
  .object({
    error: z.object({
      code: z.string().openapi({ example: 'NETWORK_NOT_FOUND' }),
      message: z.string().openapi({ example: 'There is no such network.' }),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  })
  .openapi('Error')

/** A JSON answer for `createRoute`. */
export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { content: { 'application/json': { schema } }, description }
}

/** A JSON body for `createRoute`. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true }
}

export const idSchema = z.uuid().openapi({ example: '019aa000-0000-7000-8000-000000000000' })
/** Any UUID: those of Bedrock players have no version. */
export const playerIdSchema = z.guid().openapi({ format: 'uuid', example: '00000000-0000-0000-0009-01f64f65c7c3' })
/** Unix milliseconds, UTC. */
export const instantSchema = z.number().int().openapi({ example: 1_763_680_000_123 })
export const networkParams = z.object({ networkId: idSchema })

/** A whole number in a query string. */
export function integerQuery(options: { readonly min: number; readonly max: number }) {
  return z
    .string()
    .regex(/^-?\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(options.min).max(options.max))
}
