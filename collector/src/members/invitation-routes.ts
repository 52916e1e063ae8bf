import { z } from '@hono/zod-openapi'
import { ANYONE, createApiRoute, createApiRouter, onNetwork, PERSON } from '../access/index.ts'
import { limitKeyOf } from '../platform/client-address.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import type { Limiter } from '../platform/shared-state/shared-state.ts'
import { takeOrRefuse } from '../platform/shared-state/take-or-refuse.ts'
import { emailSchema, newPasswordSchema, secretSchema, userNameSchema } from '../users/index.ts'
import type { Invitation } from './invitation.ts'
import type { Invitations } from './invitations.ts'
import { invitationSchema, roleIdSchema, toBriefRoleJson, toInvitationJson } from './schemas.ts'

const TAGS = ['Invitations']
const newInvitationSchema = invitationSchema
  .extend({ link: z.string().openapi({ description: 'For the one invited. It is shown this once.' }) })
  .openapi('NewInvitation')
const tokenBody = jsonBody(z.strictObject({ token: secretSchema }).openapi('InvitationToken'))
const acceptedSchema = z
  .object({ networkId: idSchema, networkName: z.string(), role: z.object({ id: z.string(), name: z.string() }) })
  .openapi('AcceptedInvitation')

const listRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'get',
  path: '/networks/{networkId}/invitations',
  summary: 'Invitations that nobody has accepted yet',
  tags: TAGS,
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(invitationSchema), 'The newest first; expired ones are left out.') },
})

const createInvitationRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'post',
  path: '/networks/{networkId}/invitations',
  summary: 'Invite somebody by a link',
  description:
    'The link works once, for 48 hours, and for an account with this e-mail address alone. It replaces an earlier one. It works no longer when you could not send it any more.',
  tags: TAGS,
  request: {
    params: networkParams,
    body: jsonBody(z.strictObject({ email: emailSchema, role: roleIdSchema }).openapi('InvitationRequest')),
  },
  responses: { 201: jsonAnswer(newInvitationSchema, 'The invitation with its link.') },
})

const cancelRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'delete',
  path: '/networks/{networkId}/invitations/{invitationId}',
  summary: 'Cancel an invitation',
  description: 'Your own, or one that you could have sent.',
  tags: TAGS,
  request: { params: networkParams.extend({ invitationId: idSchema }) },
  responses: { 204: { description: 'Its link does not work any more.' } },
})

const lookRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/invitations/look',
  summary: 'What an invitation is for',
  tags: TAGS,
  request: { body: tokenBody },
  responses: {
    200: jsonAnswer(
      z
        .object({
          networkName: z.string(),
          email: z.string(),
          role: z.object({ id: z.string(), name: z.string() }),
          sentBy: z.string().nullable().openapi({ description: 'A name; null for the operator.' }),
          expiresAtMs: instantSchema,
          hasAccount: z.boolean().openapi({ description: 'Whether there is an account with the e-mail address.' }),
        })
        .openapi('InvitationLook'),
      'The invitation.',
    ),
  },
})

const acceptRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/invitations/accept',
  summary: 'Accept an invitation',
  description: 'Signed in with the e-mail address that it is for.',
  tags: TAGS,
  request: { body: tokenBody },
  responses: { 200: jsonAnswer(acceptedSchema, 'What you are a member of now.') },
})

const acceptNewRoute = createApiRoute({
  access: ANYONE,
  method: 'post',
  path: '/invitations/accept-new',
  summary: 'Accept an invitation with a new account',
  description: 'The answer signs in.',
  tags: TAGS,
  request: {
    body: jsonBody(
      z
        .strictObject({ token: secretSchema, name: userNameSchema, password: newPasswordSchema })
        .openapi('NewAccountOfInvitation'),
    ),
  },
  responses: { 201: jsonAnswer(acceptedSchema, 'What you are a member of now.') },
})

export interface InvitationRoutesDeps {
  readonly invitations: Invitations
  /** Where links to pages begin. */
  readonly siteUrl: () => string
  /** Counts, by address, what tries links. */
  readonly linkLimiter: Limiter
  readonly now: () => number
}

/** Routes of invitations. */
export function createInvitationRoutes({ invitations, siteUrl, linkLimiter, now }: InvitationRoutesDeps) {
  const limit = (remoteAddress: string): Promise<void> => takeOrRefuse(linkLimiter, limitKeyOf(remoteAddress))

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const all = await invitations.list(networkId)
      return context.json(
        all.map((invitation) => toInvitationJson(invitation, now())),
        200,
      )
    })
    .openapi(createInvitationRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { email, role: roleId } = context.req.valid('json')
      const { invitation, token } = await invitations.create(networkId, { email, roleId }, context.get('author'))
      // Behind the #, which browsers keep to themselves: no server and no log sees it.
      const link = `${siteUrl()}/invitation#${token}`
      return context.json({ ...toInvitationJson(invitation, now()), link }, 201)
    })
    .openapi(cancelRoute, async (context) => {
      const { networkId, invitationId } = context.req.valid('param')
      await invitations.cancel(networkId, invitationId, context.get('author'))
      return context.body(null, 204)
    })
    .openapi(lookRoute, async (context) => {
      await limit(context.env.remoteAddress)
      const { invitation, hasAccount } = await invitations.look(context.req.valid('json').token)
      const { networkName, email, role, sender, expiresAtMs } = invitation
      const sentBy = sender?.name ?? null
      return context.json({ networkName, email, role: toBriefRoleJson(role), sentBy, expiresAtMs, hasAccount }, 200)
    })
    .openapi(acceptRoute, async (context) => {
      const actor = context.get('actor')
      if (actor.kind !== 'user') throw new MctrackError('PERSON_NEEDED')
      const { token } = context.req.valid('json')
      const invitation = await invitations.accept(token, actor.userId, context.get('author'))
      return context.json(toAcceptedJson(invitation), 200)
    })
    .openapi(acceptNewRoute, async (context) => {
      await limit(context.env.remoteAddress)
      const { token, ...person } = context.req.valid('json')
      const { invitation, cookie } = await invitations.acceptNew(token, person, context, context.get('author'))
      context.header('set-cookie', cookie)
      return context.json(toAcceptedJson(invitation), 201)
    })
}

function toAcceptedJson({ networkId, networkName, role }: Invitation) {
  return { networkId, networkName, role: toBriefRoleJson(role) }
}
