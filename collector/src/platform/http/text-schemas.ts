import { z } from '@hono/zod-openapi'
import { LIMITS } from '@mctrack/sdk/protocol'

/**
 * A text, without the blanks around it, that every part can hold and show: PostgreSQL takes neither U+0000 nor, in its JSON, half of a surrogate pair,
 * and a terminal obeys control characters.
 */
const plainTextSchema = z
  .string()
  .trim()
  .refine(
    (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
    'must not have control characters or halves of characters',
  )

/** A name that somebody gives to something. */
export function nameSchema(charsMax: number) {
  return plainTextSchema.min(1).max(charsMax)
}

/** A game mode as somebody types it: as long as one that a server sends. */
export const gamemodeNameSchema = plainTextSchema
  .min(1)
  .refine(
    (text) => Buffer.byteLength(text) <= LIMITS.backendBytesMax,
    `must have at most ${LIMITS.backendBytesMax} bytes`,
  )
