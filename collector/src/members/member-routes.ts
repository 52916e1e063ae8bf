import { z } from '@hono/zod-openapi'
import { type Actor, can, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import { emailSchema } from '../users/index.ts'
import type { Member } from './member.ts'
import type { Members } from './members.ts'
import { memberSchema, roleIdSchema, toMemberJson } from './schemas.ts'

const TAGS = ['Members']
const memberParams = networkParams.extend({ userId: idSchema })

const listRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/members',
  summary: 'Who may see the network, and as what',
  description: 'E-mail addresses are for who may manage members.',
  tags: TAGS,
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(memberSchema), 'Who joined first first.') },
})

const addRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'post',
  path: '/networks/{networkId}/members',
  summary: 'Make somebody with an account a member, without an invitation',
  description: "For the machine's operator, and for owners of the installation who may manage members here.",
  tags: TAGS,
  request: {
    params: networkParams,
    body: jsonBody(z.strictObject({ email: emailSchema, role: roleIdSchema }).openapi('NewMember')),
  },
  responses: { 201: jsonAnswer(memberSchema, 'The new member.') },
})

const changeRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'patch',
  path: '/networks/{networkId}/members/{userId}',
  summary: 'Give a member another role',
  description: 'Nobody gives or takes more than they may do; only owners make and change owners.',
  tags: TAGS,
  request: {
    params: memberParams,
    body: jsonBody(z.strictObject({ role: roleIdSchema }).openapi('MemberChange')),
  },
  responses: { 200: jsonAnswer(memberSchema, 'The member after the change.') },
})

const removeRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'delete',
  path: '/networks/{networkId}/members/{userId}',
  summary: 'Remove a member',
  tags: TAGS,
  request: { params: memberParams },
  responses: { 204: { description: 'No member any more.' } },
})

const leaveRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'post',
  path: '/networks/{networkId}/leave',
  summary: 'Leave the network',
  description: 'For somebody signed in in a browser. The last owner cannot leave.',
  tags: TAGS,
  request: { params: networkParams },
  responses: { 204: { description: 'No member any more.' } },
})

const transferRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'post',
  path: '/networks/{networkId}/transfer',
  summary: 'Hand the network over to a member',
  description: 'For owners. The member becomes owner, and the owner an admin.',
  tags: TAGS,
  request: {
    params: networkParams,
    body: jsonBody(
      z
        .strictObject({
          userId: idSchema.openapi({ description: 'Who becomes owner.' }),
          fromUserId: idSchema.optional().openapi({
            description: 'The owner who becomes admin: you, unless said. The operator says it where there are several.',
          }),
        })
        .openapi('Transfer'),
    ),
  },
  responses: { 200: jsonAnswer(memberSchema, 'The new owner.') },
})

/** Routes of members. */
export function createMemberRoutes({ members }: { readonly members: Members }) {
  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const seesEmail = seesEmailOf(context.get('actor'), networkId)
      const all = await members.list(networkId)
      return context.json(
        all.map((member) => toMemberJson(member, seesEmail(member))),
        200,
      )
    })
    .openapi(addRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { email, role: roleId } = context.req.valid('json')
      // Everybody else invites: an account is not to be brought into a network unasked, nor told from none.
      if (!can(context.get('actor'), 'users.manage')) {
        throw new MctrackError('FORBIDDEN', 'Only owners of the installation add members at once. Send an invitation.')
      }
      const member = await members.add(networkId, { email, roleId }, context.get('author'))
      return context.json(toMemberJson(member, true), 201)
    })
    .openapi(changeRoute, async (context) => {
      const { networkId, userId } = context.req.valid('param')
      const { role } = context.req.valid('json')
      const member = await members.setRole(networkId, userId, role, context.get('author'))
      return context.json(toMemberJson(member, true), 200)
    })
    .openapi(removeRoute, async (context) => {
      const { networkId, userId } = context.req.valid('param')
      await members.remove(networkId, userId, context.get('author'))
      return context.body(null, 204)
    })
    .openapi(leaveRoute, async (context) => {
      const actor = context.get('actor')
      // A token that may merely look on must not take its owner's membership away.
      if (actor.kind !== 'user' || actor.credential.kind !== 'session') throw new MctrackError('PERSON_NEEDED')
      await members.leave(context.req.valid('param').networkId, context.get('author'))
      return context.body(null, 204)
    })
    .openapi(transferRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { userId, fromUserId } = context.req.valid('json')
      const owner = await members.transfer(networkId, userId, fromUserId, context.get('author'))
      return context.json(toMemberJson(owner, true), 200)
    })
}

function seesEmailOf(actor: Actor, networkId: string): (member: Member) => boolean {
  const isManaging = can(actor, 'members.manage', networkId)
  return ({ userId }) => isManaging || (actor.kind === 'user' && actor.userId === userId)
}
