import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { networkSchema } from '../networks/index.ts'
import { jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import type { NetworkDeletion } from './network-deletion.ts'

const NAME_CHARS_MAX = 256

const requestRoute = createApiRoute({
  access: onNetwork('network.delete'),
  method: 'post',
  path: '/networks/{networkId}/deletion',
  summary: 'Delete a network in seven days',
  description:
    'It is archived at once: it takes no data, and its servers are cut off. When the seven days are over, everything of it is removed from both databases, but for its audit log. Until then that can be taken back. Asking again changes nothing.',
  tags: ['Networks'],
  request: {
    params: networkParams,
    body: jsonBody(
      z
        .strictObject({
          name: z.string().max(NAME_CHARS_MAX).openapi({ description: 'The name of the network, exactly as it is.' }),
        })
        .openapi('NetworkDeletion'),
    ),
  },
  responses: { 200: jsonAnswer(networkSchema, 'The network; `deleteAtMs` says when it will be gone.') },
})

const cancelRoute = createApiRoute({
  access: onNetwork('network.delete'),
  method: 'delete',
  path: '/networks/{networkId}/deletion',
  summary: 'Take the deletion of a network back',
  description:
    'It takes data again, unless it had been archived before: then it stays archived. Without effect on a network that does not wait for a deletion.',
  tags: ['Networks'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(networkSchema, 'The network.') },
})

export function createNetworkDeletionRoutes({ deletion }: { readonly deletion: NetworkDeletion }) {
  return createApiRouter()
    .openapi(requestRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { name } = context.req.valid('json')
      return context.json(await deletion.request(networkId, name, context.get('author')), 200)
    })
    .openapi(cancelRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      return context.json(await deletion.cancel(networkId, context.get('author')), 200)
    })
}
