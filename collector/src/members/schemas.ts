import { z } from '@hono/zod-openapi'
import { BUILT_IN_ROLES, isBuiltInRole, NETWORK_PERMISSIONS } from '../access/index.ts'
import { idSchema, instantSchema } from '../platform/http/router.ts'
import { nameSchema } from '../platform/http/text-schemas.ts'
import type { Invitation } from './invitation.ts'
import { works } from './invitation.ts'
import type { Member } from './member.ts'
import { listPermissions, ROLE_LIMITS, type Role } from './role.ts'

const ROLE_ID_CHARS_MAX = 36

/** Names a role in a request. */
export const roleIdSchema = z
  .string()
  .max(ROLE_ID_CHARS_MAX)
  .refine(
    (text) => isBuiltInRole(text) || z.uuid().safeParse(text).success,
    `must be ${BUILT_IN_ROLES.join(', ')}, or the id of a role of the network`,
  )
  .openapi({ example: 'analyst' })

export const roleNameSchema = nameSchema(ROLE_LIMITS.nameCharsMax).openapi({ example: 'Moderator' })

export const permissionsSchema = z
  .array(z.enum(NETWORK_PERMISSIONS))
  .max(NETWORK_PERMISSIONS.length)
  .refine((permissions) => permissions.includes('network.view'), 'must include network.view')
  .openapi({ example: ['network.view', 'players.view'] })

const briefRoleSchema = z.object({
  id: z.string().openapi({ description: `${BUILT_IN_ROLES.join(', ')}, or the UUID of a role of the network.` }),
  name: z.string(),
})

export const roleSchema = briefRoleSchema
  .extend({
    isBuiltIn: z.boolean().openapi({ description: 'Every network has it, and it cannot be changed.' }),
    permissions: z.array(z.enum(NETWORK_PERMISSIONS)),
    members: z.number().int().openapi({ description: 'How many have it.' }),
  })
  .openapi('Role')

export const memberSchema = z
  .object({
    userId: idSchema,
    name: z.string(),
    email: z.string().nullable().openapi({ description: 'null for who may not manage members, but for their own.' }),
    role: briefRoleSchema,
    joinedAtMs: instantSchema,
  })
  .openapi('Member')

export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role: briefRoleSchema,
    sentBy: z.object({ userId: idSchema, name: z.string() }).nullable().openapi({ description: 'null: the operator.' }),
    works: z.boolean().openapi({ description: 'false when who sent it could not send it any more.' }),
    createdAtMs: instantSchema,
    expiresAtMs: instantSchema,
  })
  .openapi('Invitation')

/** A role as the API shows it. */
export function toRoleJson({ role, members }: { readonly role: Role; readonly members: number }) {
  const { id, name, permissions } = role
  return { id, name, isBuiltIn: isBuiltInRole(id), permissions: listPermissions(permissions), members }
}

/** A member as the API shows it. */
export function toMemberJson({ userId, name, email, role, joinedAtMs }: Member, seesEmail: boolean) {
  return { userId, name, email: seesEmail ? email : null, role: toBriefRoleJson(role), joinedAtMs }
}

/** An invitation as the API shows it to who manages members. */
export function toInvitationJson(invitation: Invitation, nowMs: number) {
  const { id, email, role, sender, createdAtMs, expiresAtMs } = invitation
  const sentBy = sender === null ? null : { userId: sender.userId, name: sender.name }
  return {
    id,
    email,
    role: toBriefRoleJson(role),
    sentBy,
    works: works(invitation, nowMs),
    createdAtMs,
    expiresAtMs,
  }
}

/** A role beside who has it. */
export function toBriefRoleJson({ id, name }: Role) {
  return { id, name }
}
