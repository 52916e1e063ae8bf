import { z } from '@hono/zod-openapi'
import { can, createApiRoute, createApiRouter, PERMISSIONS, PERSON, SIGNED_IN } from '../access/index.ts'
import type { CountryOf } from '../platform/country.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import {
  emailSchema,
  newPasswordSchema,
  passwordSchema,
  type UserStore,
  type Users,
  userNameSchema,
  userSchema,
} from '../users/index.ts'
import { type Client, type ClientContext, describeClient } from './client.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { SignIn } from './sign-in.ts'
import type { SignIns } from './sign-ins.ts'
import { signedInPerson } from './signed-in-person.ts'

const TAGS = ['Account']
const accountSchema = z
  .object({
    user: z
      .union([userSchema, z.null()])
      .openapi({ description: "null for the machine's operator, who is nobody in particular." }),
    credential: z.enum(['operator', 'sign_in', 'token']),
    permissions: z.array(z.enum(PERMISSIONS)).openapi({ description: 'On the installation, by this credential.' }),
    networks: z.array(z.object({ networkId: idSchema, permissions: z.array(z.enum(PERMISSIONS)) })).openapi({
      description: 'What may be done on each network, by this credential. Empty for the operator: everything.',
    }),
  })
  .openapi('Account')

const signInSchema = z
  .object({
    id: idSchema,
    isThisOne: z.boolean(),
    createdAtMs: instantSchema,
    lastSeenAtMs: instantSchema,
    expiresAtMs: instantSchema,
    address: z
      .string()
      .nullable()
      .openapi({ description: 'The network that it came from; the whole address is not kept.' }),
    country: z.string().openapi({ description: "ISO 3166-1 alpha-2, or ''." }),
    userAgent: z.string(),
  })
  .openapi('SignIn')

const showRoute = createApiRoute({
  access: SIGNED_IN,
  method: 'get',
  path: '/account',
  summary: 'Who asks, and what they may do',
  tags: TAGS,
  responses: { 200: jsonAnswer(accountSchema, 'The account.') },
})

const changeRoute = createApiRoute({
  access: PERSON,
  method: 'patch',
  path: '/account',
  summary: 'Change your name or e-mail address',
  description: 'Another e-mail address asks for the password again.',
  tags: TAGS,
  request: {
    body: jsonBody(
      z
        .strictObject({
          name: userNameSchema.optional(),
          email: emailSchema.optional(),
          currentPassword: passwordSchema.optional(),
        })
        .openapi('AccountChange'),
    ),
  },
  responses: { 200: jsonAnswer(userSchema, 'The account after the change.') },
})

const passwordRoute = createApiRoute({
  access: PERSON,
  method: 'put',
  path: '/account/password',
  summary: 'Change your password',
  description: 'All other sign-ins end, and all tokens. This one goes on with another secret, which the answer sets.',
  tags: TAGS,
  request: {
    body: jsonBody(
      z.strictObject({ currentPassword: passwordSchema, password: newPasswordSchema }).openapi('PasswordChange'),
    ),
  },
  responses: { 204: { description: 'The password is changed.' } },
})

const listRoute = createApiRoute({
  access: PERSON,
  method: 'get',
  path: '/account/sign-ins',
  summary: 'Where you are signed in',
  tags: TAGS,
  responses: { 200: jsonAnswer(z.array(signInSchema), 'The last seen first.') },
})

const endRoute = createApiRoute({
  access: PERSON,
  method: 'delete',
  path: '/account/sign-ins/{signInId}',
  summary: 'Sign out somewhere',
  tags: TAGS,
  request: { params: z.object({ signInId: idSchema }) },
  responses: { 204: { description: 'Signed out there.' } },
})

const endAllRoute = createApiRoute({
  access: PERSON,
  method: 'delete',
  path: '/account/sign-ins',
  summary: 'Sign out everywhere',
  tags: TAGS,
  request: { query: z.object({ others: z.enum(['true', 'false']).default('false') }) },
  responses: { 204: { description: 'Signed out everywhere, or everywhere but here (`others=true`).' } },
})

export interface AccountRoutesDeps {
  readonly users: Users
  readonly store: Pick<UserStore, 'find'>
  readonly signIns: SignIns
  readonly passwordSignIn: PasswordSignIn
  readonly countryOf: CountryOf
  readonly cookieName: string
}

/** What people do with their own accounts. */
export function createAccountRoutes(deps: AccountRoutesDeps) {
  const { users, store, signIns, passwordSignIn, countryOf, cookieName } = deps
  const clientOf = (context: ClientContext): Client => describeClient(context, { countryOf, cookieName })

  return createApiRouter()
    .openapi(showRoute, async (context) => {
      const actor = context.get('actor')
      const permissions = PERMISSIONS.filter((permission) => can(actor, permission))
      if (actor.kind === 'operator') {
        return context.json({ user: null, credential: 'operator' as const, permissions, networks: [] }, 200)
      }
      const user = (await store.find(actor.userId)) ?? null
      const networks = Array.from(actor.grants.keys(), (networkId) => ({
        networkId,
        permissions: PERMISSIONS.filter((permission) => can(actor, permission, networkId)),
      })).filter((network) => network.permissions.length > 0)
      const credential = actor.credential.kind === 'session' ? 'sign_in' : 'token'
      return context.json({ user, credential: credential as 'sign_in' | 'token', permissions, networks }, 200)
    })
    .openapi(changeRoute, async (context) => {
      const { userId } = signedInPerson(context.get('actor'))
      const { name, email, currentPassword } = context.req.valid('json')
      if (email !== undefined) {
        if (currentPassword === undefined) throw new MctrackError('PASSWORD_WRONG')
        await passwordSignIn.confirm(userId, currentPassword, clientOf(context), context.get('origin'))
      }
      const change = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) }
      return context.json(await users.change(userId, change, context.get('author')), 200)
    })
    .openapi(passwordRoute, async (context) => {
      const { userId, signInId } = signedInPerson(context.get('actor'))
      const { currentPassword, password } = context.req.valid('json')
      await passwordSignIn.confirm(userId, currentPassword, clientOf(context), context.get('origin'))
      const { sha256, cookie } = signIns.createSecret()
      await users.setPassword(userId, password, context.get('author'), { signInId, sha256 })
      context.header('set-cookie', cookie)
      return context.body(null, 204)
    })
    .openapi(listRoute, async (context) => {
      const { userId, signInId } = signedInPerson(context.get('actor'))
      return context.json((await signIns.list(userId)).map(toJson(signInId)), 200)
    })
    .openapi(endRoute, async (context) => {
      const { userId } = signedInPerson(context.get('actor'))
      await signIns.end(userId, context.req.valid('param').signInId, context.get('author'))
      return context.body(null, 204)
    })
    .openapi(endAllRoute, async (context) => {
      const { userId, signInId } = signedInPerson(context.get('actor'))
      const isForOthers = context.req.valid('query').others === 'true'
      await signIns.endAll(userId, context.get('author'), isForOthers ? signInId : undefined)
      return context.body(null, 204)
    })
}

function toJson(signInId: string) {
  return ({ userId: _, ...signIn }: SignIn) => ({ ...signIn, isThisOne: signIn.id === signInId })
}
