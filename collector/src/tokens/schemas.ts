import { z } from '@hono/zod-openapi'
import { type Actor, PERMISSIONS, type Person } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema } from '../platform/http/router.ts'
import { nameSchema } from '../platform/http/text-schemas.ts'
import { type NewToken, TOKEN_LIMITS, type Token } from './token.ts'

export const permissionsSchema = z
  .array(z.enum(PERMISSIONS))
  .min(1)
  .max(PERMISSIONS.length)
  .openapi({ description: 'What it allows at most; never more than its owner may do.' })

export const daysSchema = z.number().int().min(TOKEN_LIMITS.daysMin).max(TOKEN_LIMITS.daysMax)

export const tokenNetworkSchema = idSchema
  .nullable()
  .openapi({ description: 'The only network that it is for; null for all of its owner’s.' })

/** Of a device it is what a stranger may have chosen, for somebody else to approve: nothing invisible. */
export const tokenNameSchema = nameSchema(TOKEN_LIMITS.nameCharsMax)
  .refine((text) => !/\p{C}/u.test(text), 'must not have control characters or other invisible ones')
  .openapi({ example: 'nightly report' })

export const tokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    lastFour: z.string(),
    permissions: z.array(z.enum(PERMISSIONS)),
    networkId: tokenNetworkSchema,
    createdAtMs: instantSchema,
    expiresAtMs: instantSchema.nullable(),
    revokedAtMs: instantSchema.nullable(),
    lastUsedAtMs: instantSchema.nullable().openapi({
      description: 'When a request last proved itself with it; null when none ever did. It is stored once a minute.',
    }),
  })
  .openapi('Token')

export const newTokenSchema = tokenSchema
  .extend({ token: z.string().openapi({ description: 'The secret. It is shown this once.', example: 'mctp_…' }) })
  .openapi('NewToken')

export function toTokenJson({ userId: _, permissions, ...token }: Token): z.output<typeof tokenSchema> {
  return { ...token, permissions: [...permissions] }
}

export function toNewTokenJson({ token, secret }: NewToken): z.output<typeof newTokenSchema> {
  return { ...toTokenJson(token), token: secret }
}

/** @throws MctrackError PERSON_NEEDED for who is none */
export function requirePerson(actor: Actor): Person {
  if (actor.kind !== 'user') throw new MctrackError('PERSON_NEEDED')
  return actor
}
