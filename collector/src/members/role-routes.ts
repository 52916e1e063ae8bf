import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { idSchema, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import type { Roles } from './roles.ts'
import { permissionsSchema, roleNameSchema, roleSchema, toRoleJson } from './schemas.ts'

const TAGS = ['Members']
const roleParams = networkParams.extend({
  roleId: z.union([idSchema, z.enum(['owner', 'admin', 'analyst', 'viewer'])]),
})

const listRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/roles',
  summary: 'Roles, and what they allow',
  tags: TAGS,
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(roleSchema), 'Those that every network has first, then its own by name.') },
})

const createRoleRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'post',
  path: '/networks/{networkId}/roles',
  summary: 'Make a role',
  description: 'It cannot allow more than you may do.',
  tags: TAGS,
  request: {
    params: networkParams,
    body: jsonBody(z.strictObject({ name: roleNameSchema, permissions: permissionsSchema }).openapi('NewRole')),
  },
  responses: { 201: jsonAnswer(roleSchema, 'The new role.') },
})

const changeRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'patch',
  path: '/networks/{networkId}/roles/{roleId}',
  summary: 'Rename a role, or change what it allows',
  description: 'Whoever has the role may do so at once. Roles that every network has cannot be changed.',
  tags: TAGS,
  request: {
    params: roleParams,
    body: jsonBody(
      z
        .strictObject({ name: roleNameSchema.optional(), permissions: permissionsSchema.optional() })
        .openapi('RoleChange'),
    ),
  },
  responses: { 200: jsonAnswer(roleSchema, 'The role after the change.') },
})

const deleteRoute = createApiRoute({
  access: onNetwork('members.manage'),
  method: 'delete',
  path: '/networks/{networkId}/roles/{roleId}',
  summary: 'Delete a role',
  description: 'Refused while a member has it or an invitation gives it.',
  tags: TAGS,
  request: { params: roleParams },
  responses: { 204: { description: 'The role is gone.' } },
})

/** Routes of roles. */
export function createRoleRoutes({ roles }: { readonly roles: Roles }) {
  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      return context.json((await roles.list(networkId)).map(toRoleJson), 200)
    })
    .openapi(createRoleRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const role = await roles.create(networkId, context.req.valid('json'), context.get('author'))
      return context.json(toRoleJson({ role, members: 0 }), 201)
    })
    .openapi(changeRoute, async (context) => {
      const { networkId, roleId } = context.req.valid('param')
      const { name, permissions } = context.req.valid('json')
      const change = { ...(name === undefined ? {} : { name }), ...(permissions === undefined ? {} : { permissions }) }
      return context.json(toRoleJson(await roles.change(networkId, roleId, change, context.get('author'))), 200)
    })
    .openapi(deleteRoute, async (context) => {
      const { networkId, roleId } = context.req.valid('param')
      await roles.remove(networkId, roleId, context.get('author'))
      return context.body(null, 204)
    })
}
