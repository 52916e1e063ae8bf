import { z } from '@hono/zod-openapi'
import { EXPORT_FORMATS } from './columns.ts'

/** What the query of an export has beside the filters of its list. */
export const formatQuery = { format: z.enum(EXPORT_FORMATS).default('csv') }

/** The answer of an export, for `createRoute`. */
export function fileAnswer(description: string) {
  const schema = z.string()
  return { content: { 'text/csv': { schema }, 'application/x-ndjson': { schema } }, description }
}
