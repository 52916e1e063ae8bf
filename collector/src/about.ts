import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, SIGNED_IN } from './access/index.ts'
import { instantSchema, jsonAnswer } from './platform/http/router.ts'

const aboutSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    startedAtMs: instantSchema,
    roles: z.array(z.enum(['ingest', 'api', 'worker'])),
    clickhouse: z.enum(['embedded', 'external']),
    postgres: z.enum(['embedded', 'external']),
    redis: z.boolean(),
    countries: z.boolean(),
    attributions: z.array(z.string()).openapi({ description: 'What licences ask to be shown.' }),
  })
  .openapi('About')
export type About = z.infer<typeof aboutSchema>

/** What the licence of the packaged country database asks for. */
export const COUNTRY_ATTRIBUTION =
  'Countries by IP address: geo-whois-asn-country by ip-location-db, made from data of the Regional Internet Registries (NRO), CC BY 4.0.'

const aboutRoute = createApiRoute({
  access: SIGNED_IN,
  method: 'get',
  path: '/about',
  summary: 'What runs here',
  tags: ['About'],
  responses: { 200: jsonAnswer(aboutSchema, 'This collector.') },
})

export function createAboutRoutes({ about }: { readonly about: About }) {
  return createApiRouter().openapi(aboutRoute, (context) => context.json(about, 200))
}
