import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onInstallation, PERSON } from '../access/index.ts'
import type { CountryOf } from '../platform/country.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import { describeClient, type PasswordSignIn, signedInPerson } from '../sign-in/index.ts'
import { passwordSchema, type UserStore, userSchema } from '../users/index.ts'
import type { AccountDeletion } from './account-deletion.ts'
import type { ExportAccount } from './account-export.ts'
import { answerInPieces } from './answer-in-pieces.ts'

const TAGS = ['Account']
const listSchema = z.array(z.record(z.string(), z.unknown()))

const requestRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/account/deletion',
  summary: 'Delete your account in seven days',
  description:
    'You are signed out everywhere and all tokens end. Until the seven days are over you can sign in and take it back. Refused while something would have no owner left.',
  tags: TAGS,
  request: { body: jsonBody(z.strictObject({ password: passwordSchema }).openapi('AccountDeletion')) },
  responses: { 200: jsonAnswer(userSchema, 'The account; `deleteAtMs` says when it will be gone.') },
})

const cancelRoute = createApiRoute({
  access: PERSON,
  method: 'delete',
  path: '/account/deletion',
  summary: 'Take the deletion of your account back',
  description: 'Without effect on an account that does not wait for a deletion.',
  tags: TAGS,
  responses: { 200: jsonAnswer(userSchema, 'The account.') },
})

const userParams = z.object({ userId: idSchema })

const requestOfUserRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'post',
  path: '/users/{userId}/deletion',
  summary: "Delete somebody's account in seven days",
  description:
    'They are signed out everywhere and all their tokens end. Asks for the e-mail address again. Refused while something would have no owner left.',
  tags: ['Users'],
  request: {
    params: userParams,
    body: jsonBody(z.strictObject({ email: z.string().trim().min(1).max(254) }).openapi('UserDeletion')),
  },
  responses: { 200: jsonAnswer(userSchema, 'The account; `deleteAtMs` says when it will be gone.') },
})

const cancelOfUserRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'delete',
  path: '/users/{userId}/deletion',
  summary: "Take the deletion of somebody's account back",
  description: 'Without effect on an account that does not wait for a deletion.',
  tags: ['Users'],
  request: { params: userParams },
  responses: { 200: jsonAnswer(userSchema, 'The account.') },
})

const exportRoute = createApiRoute({
  access: PERSON,
  method: 'get',
  path: '/account/export',
  summary: 'All that is stored of you',
  description: 'One document. Secrets are not in it, nor what they are stored as.',
  tags: TAGS,
  responses: {
    200: jsonAnswer(
      z
        .object({
          exportedAtMs: instantSchema,
          user: userSchema,
          passwordChangedAtMs: instantSchema.nullable(),
          memberships: listSchema,
          signIns: listSchema,
          tokens: listSchema,
          invitationsSent: listSchema,
          invitationsReceived: listSchema,
          auditEntries: listSchema.openapi({ description: 'By you and about you, newest first.' }),
        })
        .openapi('AccountExport'),
      'The account, and whatever belongs to it.',
    ),
  },
})

export interface AccountDataRoutesDeps {
  readonly deletion: AccountDeletion
  readonly exportAccount: ExportAccount
  readonly users: Pick<UserStore, 'find'>
  readonly passwordSignIn: Pick<PasswordSignIn, 'confirm'>
  readonly countryOf: CountryOf
  readonly cookieName: string
}

/** What people do with all that is stored of them. */
export function createAccountDataRoutes(deps: AccountDataRoutesDeps) {
  const { deletion, exportAccount, users, passwordSignIn, countryOf, cookieName } = deps
  return createApiRouter()
    .openapi(requestRoute, async (context) => {
      const { userId } = signedInPerson(context.get('actor'))
      const { password } = context.req.valid('json')
      const client = describeClient(context, { countryOf, cookieName })
      await passwordSignIn.confirm(userId, password, client, context.get('origin'))
      return context.json(await deletion.request(userId, context.get('author')), 200)
    })
    .openapi(cancelRoute, async (context) => {
      const { userId } = signedInPerson(context.get('actor'))
      return context.json(await deletion.cancel(userId, context.get('author')), 200)
    })
    .openapi(requestOfUserRoute, async (context) => {
      const { userId } = context.req.valid('param')
      const user = await users.find(userId)
      if (user === undefined) throw new MctrackError('USER_NOT_FOUND')
      if (context.req.valid('json').email.toLowerCase() !== user.email.toLowerCase()) {
        throw new MctrackError(
          'CONFIRMATION_WRONG',
          'This asks for the e-mail address of the account again, and that was another one.',
        )
      }
      return context.json(await deletion.request(userId, context.get('author')), 200)
    })
    .openapi(cancelOfUserRoute, async (context) =>
      context.json(await deletion.cancel(context.req.valid('param').userId, context.get('author')), 200),
    )
    .openapi(exportRoute, async (context) => {
      const { userId } = signedInPerson(context.get('actor'))
      return answerInPieces(await exportAccount(userId, context.get('author')), 'mctrack-account.json')
    })
}
