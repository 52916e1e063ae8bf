import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onInstallation } from '../access/index.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import { emailSchema, newPasswordSchema, userNameSchema, userSchema } from './schemas.ts'
import type { Users } from './users.ts'

const userParams = z.object({ userId: idSchema })
const linkSchema = z
  .object({
    url: z.string().openapi({ description: 'It works once, and is shown this once.' }),
    expiresAtMs: instantSchema,
  })
  .openapi('OneTimeLink')

const listRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'get',
  path: '/users',
  summary: 'Everybody with an account',
  tags: ['Users'],
  responses: { 200: jsonAnswer(z.array(userSchema), 'Oldest first.') },
})

const createUserRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'post',
  path: '/users',
  summary: 'Create an account',
  description: 'Its owner chooses a password by a link (`POST /users/{userId}/password-link`).',
  tags: ['Users'],
  request: {
    body: jsonBody(
      z
        .strictObject({ email: emailSchema, name: userNameSchema, ownsInstallation: z.boolean().default(false) })
        .openapi('NewUser'),
    ),
  },
  responses: { 201: jsonAnswer(userSchema, 'The account.') },
})

const changeRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'patch',
  path: '/users/{userId}',
  summary: 'Change, disable or enable an account',
  description: 'Who is disabled is signed out everywhere at once, and their tokens end for good.',
  tags: ['Users'],
  request: {
    params: userParams,
    body: jsonBody(
      z
        .strictObject({
          email: emailSchema.optional(),
          name: userNameSchema.optional(),
          ownsInstallation: z.boolean().optional(),
          disabled: z.boolean().optional(),
        })
        .openapi('UserChange'),
    ),
  },
  responses: { 200: jsonAnswer(userSchema, 'The account after the change.') },
})

const linkRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'post',
  path: '/users/{userId}/password-link',
  summary: 'Make a link with which somebody chooses a password',
  description: 'Valid for 48 hours, once. The earlier password works until the link is used.',
  tags: ['Users'],
  request: { params: userParams },
  responses: { 201: jsonAnswer(linkSchema, 'The link, for the owner of the account alone.') },
})

const passwordRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'put',
  path: '/users/{userId}/password',
  summary: "Replace somebody's password",
  description: 'They are signed out everywhere at once, and their tokens end.',
  tags: ['Users'],
  request: {
    params: userParams,
    body: jsonBody(z.strictObject({ password: newPasswordSchema }).openapi('NewPassword')),
  },
  responses: { 204: { description: 'The password is replaced.' } },
})

export function createUserRoutes({ users }: { readonly users: Users }) {
  return createApiRouter()
    .openapi(listRoute, async (context) => context.json(await users.list(), 200))
    .openapi(createUserRoute, async (context) =>
      context.json(await users.create(context.req.valid('json'), context.get('author')), 201),
    )
    .openapi(changeRoute, async (context) => {
      const { email, name, ownsInstallation, disabled } = context.req.valid('json')
      const change = {
        ...(email === undefined ? {} : { email }),
        ...(name === undefined ? {} : { name }),
        ...(ownsInstallation === undefined ? {} : { ownsInstallation }),
        ...(disabled === undefined ? {} : { disabled }),
      }
      return context.json(await users.change(context.req.valid('param').userId, change, context.get('author')), 200)
    })
    .openapi(linkRoute, async (context) =>
      context.json(await users.createPasswordLink(context.req.valid('param').userId, context.get('author')), 201),
    )
    .openapi(passwordRoute, async (context) => {
      const { password } = context.req.valid('json')
      await users.setPassword(context.req.valid('param').userId, password, context.get('author'))
      return context.body(null, 204)
    })
}
