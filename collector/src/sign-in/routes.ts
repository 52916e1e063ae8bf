import { z } from '@hono/zod-openapi'
import { ANYONE, createApiRoute, createApiRouter, onInstallation, PERSON, type SiteOrigin } from '../access/index.ts'
import type { CountryOf } from '../platform/country.ts'
import { instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import type { Limiter } from '../platform/shared-state/shared-state.ts'
import { takeOrRefuse } from '../platform/shared-state/take-or-refuse.ts'
import {
  emailSchema,
  newPasswordSchema,
  passwordSchema,
  secretSchema,
  type Users,
  userNameSchema,
  userSchema,
} from '../users/index.ts'
import { type Client, type ClientContext, describeClient } from './client.ts'
import { formatEndOfCookie } from './cookie.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { SetUp } from './set-up.ts'
import type { SignIns } from './sign-ins.ts'
import { signedInPerson } from './signed-in-person.ts'

const TAGS = ['Sign-in']
const signedInSchema = z
  .object({
    kind: z.literal('signed_in').openapi({ description: 'Other kinds may come: a second step.' }),
    user: userSchema,
  })
  .openapi('SignedIn')

const signInRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/sign-in',
  summary: 'Sign in with e-mail address and password',
  description: 'From pages of this site alone. The answer sets the cookie of the sign-in.',
  tags: TAGS,
  request: {
    body: jsonBody(
      z.strictObject({ email: z.string().min(1).max(254), password: passwordSchema }).openapi('Credentials'),
    ),
  },
  responses: { 200: jsonAnswer(signedInSchema, 'Signed in.') },
})

const signOutRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/sign-out',
  summary: 'Sign out here',
  tags: TAGS,
  responses: { 204: { description: 'Signed out; the cookie is taken away.' } },
})

const setUpStateRoute = createApiRoute({
  access: ANYONE,
  method: 'get',
  path: '/setup',
  summary: 'Whether this installation waits for its first owner',
  tags: TAGS,
  responses: { 200: jsonAnswer(z.object({ isNeeded: z.boolean() }).openapi('SetUpState'), 'The state.') },
})

const setUpLinkRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'post',
  path: '/setup/link',
  summary: 'Make the link with which the first owner is made',
  description: 'Valid for an hour, once; a new one ends those before it. Refused when there is an owner.',
  tags: TAGS,
  responses: {
    201: jsonAnswer(z.object({ url: z.string(), expiresAtMs: instantSchema }).openapi('SetUpLink'), 'The link.'),
  },
})

const setUpRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/setup',
  summary: 'Make the first owner by the set-up link',
  description: 'Networks without an owner become theirs. The answer signs in.',
  tags: TAGS,
  request: {
    body: jsonBody(
      z
        .strictObject({ token: secretSchema, email: emailSchema, name: userNameSchema, password: newPasswordSchema })
        .openapi('SetUp'),
    ),
  },
  responses: { 201: jsonAnswer(signedInSchema, 'Set up and signed in.') },
})

const lookAtLinkRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/password/look',
  summary: 'Whose password a link is for',
  tags: TAGS,
  request: { body: jsonBody(z.strictObject({ token: secretSchema }).openapi('PasswordLinkToken')) },
  responses: {
    200: jsonAnswer(z.object({ email: z.string(), name: z.string() }).openapi('PasswordLinkOwner'), 'The account.'),
  },
})

const choosePasswordRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/password',
  summary: 'Choose a password by a link',
  description: 'Everything that was signed in before ends, tokens too. Sign in with the new password then.',
  tags: TAGS,
  request: {
    body: jsonBody(z.strictObject({ token: secretSchema, password: newPasswordSchema }).openapi('ChosenPassword')),
  },
  responses: { 204: { description: 'The password is chosen.' } },
})

export interface SignInRoutesDeps {
  readonly passwordSignIn: PasswordSignIn
  readonly signIns: SignIns
  readonly setUp: SetUp
  readonly users: Users
  readonly site: SiteOrigin
  readonly countryOf: CountryOf
  /** Counts, by address, what tries links. */
  readonly linkLimiter: Limiter
}

/** Routes that sign somebody in or out. */
export function createSignInRoutes(deps: SignInRoutesDeps) {
  const { passwordSignIn, signIns, setUp, users, site, countryOf, linkLimiter } = deps
  const clientOf = (context: ClientContext): Client =>
    describeClient(context, { countryOf, cookieName: site.cookieName })

  const limit = ({ limitKey }: Client): Promise<void> => takeOrRefuse(linkLimiter, limitKey)

  return createApiRouter()
    .openapi(signInRoute, async (context) => {
      const signedIn = await passwordSignIn.signIn(context.req.valid('json'), clientOf(context), context.get('origin'))
      context.header('set-cookie', signedIn.cookie)
      return context.json({ kind: signedIn.kind, user: signedIn.user }, 200)
    })
    .openapi(signOutRoute, async (context) => {
      const { userId, signInId } = signedInPerson(context.get('actor'))
      await signIns.end(userId, signInId, context.get('author'))
      context.header('set-cookie', formatEndOfCookie(site))
      context.header('clear-site-data', '"cache"')
      return context.body(null, 204)
    })
    .openapi(setUpStateRoute, async (context) => context.json({ isNeeded: await setUp.isNeeded() }, 200))
    .openapi(setUpLinkRoute, async (context) => context.json(await setUp.createLink(context.get('author')), 201))
    .openapi(setUpRoute, async (context) => {
      const client = clientOf(context)
      await limit(client)
      const { user, cookie } = await setUp.finish(context.req.valid('json'), client, context.get('origin'))
      context.header('set-cookie', cookie)
      return context.json({ kind: 'signed_in' as const, user }, 201)
    })
    .openapi(lookAtLinkRoute, async (context) => {
      await limit(clientOf(context))
      const { email, name } = await users.lookAtPasswordLink(context.req.valid('json').token)
      return context.json({ email, name }, 200)
    })
    .openapi(choosePasswordRoute, async (context) => {
      await limit(clientOf(context))
      const { token, password } = context.req.valid('json')
      await users.choosePassword(token, password, context.get('author'))
      return context.body(null, 204)
    })
}
