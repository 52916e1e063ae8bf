import { z } from '@hono/zod-openapi'
import { idSchema, instantSchema } from '../platform/http/router.ts'
import { nameSchema } from '../platform/http/text-schemas.ts'
import { USER_LIMITS, type User } from './user.ts'

export const emailSchema = z
  .string()
  .trim()
  .max(USER_LIMITS.emailCharsMax)
  .refine((text) => z.email().safeParse(text).success, 'must be an e-mail address')
  .openapi({ example: 'admin@example.net' })

export const userNameSchema = nameSchema(USER_LIMITS.nameCharsMax).openapi({ example: 'Alex' })

/** A password that somebody chooses. Every character is allowed; it is taken exactly as it comes. */
export const newPasswordSchema = z
  .string()
  .refine(
    (text) => [...text].length >= USER_LIMITS.passwordCharsMin,
    `must have at least ${USER_LIMITS.passwordCharsMin} characters`,
  )
  .refine(
    (text) => [...text].length <= USER_LIMITS.passwordCharsMax,
    `must have at most ${USER_LIMITS.passwordCharsMax} characters`,
  )
  .openapi({ format: 'password' })

/** A password that is held against the one that is stored: its rules may have been others once. */
export const passwordSchema = z.string().min(1).max(4_096).openapi({ format: 'password' })

export const secretSchema = z.string().min(1).max(256)

export const userSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    ownsInstallation: z.boolean().openapi({ description: 'May create networks and manage users.' }),
    createdAtMs: instantSchema,
    lastSignedInAtMs: instantSchema.nullable(),
    disabledAtMs: instantSchema.nullable(),
    deleteAtMs: instantSchema.nullable().openapi({
      description: 'When the account will be removed; null while nobody asked for that.',
    }),
  })
  .openapi('User') satisfies z.ZodType<User>
