import { z } from '@hono/zod-openapi'
import { ANY_PROGRAM, createApiRoute, createApiRouter, PERMISSIONS, PERSON } from '../access/index.ts'
import { limitKeyOf } from '../platform/client-address.ts'
import type { CountryOf } from '../platform/country.ts'
import { instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import { DEVICE_LIFE_MS, type DeviceRequest, POLL_INTERVAL_MS } from './device-request.ts'
import type { DeviceSignIn } from './device-sign-in.ts'
import { requireVisible } from './routes.ts'
import {
  daysSchema,
  newTokenSchema,
  permissionsSchema,
  requirePerson,
  tokenNameSchema,
  tokenNetworkSchema,
  toNewTokenJson,
} from './schemas.ts'
import { TOKEN_LIMITS } from './token.ts'
import { formatUserCode } from './user-code.ts'

/** A code as people type it, and no more. */
const USER_CODE_CHARS_MAX = 32
const DEVICE_CODE_CHARS_MAX = 64

const userCodeParams = z.object({ userCode: z.string().max(USER_CODE_CHARS_MAX).openapi({ example: 'WDJB-MJHT' }) })

const waitingSchema = z
  .object({
    userCode: z.string(),
    name: z.string().openapi({ description: 'What the program calls itself. Nobody has checked it.' }),
    permissions: z.array(z.enum(PERMISSIONS)),
    address: z.string().nullable().openapi({
      description: 'The network that it asked from, /24 or /48; the whole address is not kept.',
      example: '203.0.113.0/24',
    }),
    country: z.string().openapi({ description: 'ISO 3166-1 alpha-2; empty when it is not known.' }),
    isFromYourAddress: z.boolean().openapi({
      description:
        'Whether it asked from the network that you are in. When it did not, or you did not start it, somebody else may want to use your account.',
    }),
    createdAtMs: instantSchema,
    expiresAtMs: instantSchema,
  })
  .openapi('WaitingProgram')
const decidedSchema = z.object({ name: z.string(), decision: z.enum(['approved', 'denied']) }).openapi('DecidedProgram')

const codeRoute = createApiRoute({
  access: ANY_PROGRAM,
  method: 'post',
  path: '/device/code',
  summary: 'Ask for a token that somebody approves in a browser',
  description:
    'After RFC 8628. Show the person `verificationUrl` and `userCode`, and ask `POST /device/token` every `intervalSeconds`.',
  tags: ['Programs'],
  request: {
    body: jsonBody(
      z.strictObject({ name: tokenNameSchema, permissions: permissionsSchema.optional() }).openapi('DeviceCodeRequest'),
    ),
  },
  responses: {
    201: jsonAnswer(
      z
        .object({
          deviceCode: z.string().openapi({ description: 'For the program alone.' }),
          userCode: z.string().openapi({ example: 'WDJB-MJHT' }),
          verificationUrl: z.string(),
          verificationUrlComplete: z.string().openapi({ description: 'With the code, for a link or a QR code.' }),
          expiresInSeconds: z.number().int(),
          intervalSeconds: z.number().int(),
        })
        .openapi('DeviceCode'),
      'The codes.',
    ),
  },
})

const tokenRoute = createApiRoute({
  access: ANY_PROGRAM,
  method: 'post',
  path: '/device/token',
  summary: 'Ask whether the token is there',
  description:
    'Answers DEVICE_PENDING until somebody approves or denies, and DEVICE_TOO_FAST to who does not wait as long as `Retry-After` says: the wait grows by five seconds each time. The token is given once.',
  tags: ['Programs'],
  request: {
    body: jsonBody(
      z.strictObject({ deviceCode: z.string().min(1).max(DEVICE_CODE_CHARS_MAX) }).openapi('DeviceTokenRequest'),
    ),
  },
  responses: { 201: jsonAnswer(newTokenSchema, 'The token with its secret. It belongs to who approved.') },
})

const lookRoute = createApiRoute({
  access: PERSON,
  method: 'get',
  path: '/account/devices/{userCode}',
  summary: 'A program that waits to be approved',
  tags: ['Programs'],
  request: { params: userCodeParams },
  responses: { 200: jsonAnswer(waitingSchema, 'What it calls itself, from where it asked, and for what.') },
})

const approveRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/account/devices/{userCode}/approve',
  summary: 'Give a program a token of yours',
  tags: ['Programs'],
  request: {
    params: userCodeParams,
    body: jsonBody(
      z
        .strictObject({
          permissions: permissionsSchema.optional(),
          networkId: tokenNetworkSchema.default(null),
          expiresInDays: daysSchema.default(TOKEN_LIMITS.daysDefault),
        })
        .openapi('DeviceApproval'),
    ),
  },
  responses: { 200: jsonAnswer(decidedSchema, 'It gets its token when it asks the next time.') },
})

const denyRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/account/devices/{userCode}/deny',
  summary: 'Give a program nothing',
  tags: ['Programs'],
  request: { params: userCodeParams },
  responses: { 200: jsonAnswer(decidedSchema, 'It is told so.') },
})

export interface DeviceRoutesDeps {
  readonly devices: DeviceSignIn
  readonly countryOf: CountryOf
  /** Where browsers reach the site. */
  readonly siteUrl: () => string
}

export function createDeviceRoutes({ devices, countryOf, siteUrl }: DeviceRoutesDeps) {
  return createApiRouter()
    .openapi(codeRoute, async (context) => {
      const { name, permissions } = context.req.valid('json')
      const { remoteAddress } = context.env
      const { deviceCode, request } = await devices.start({
        name,
        permissions,
        address: context.get('origin').address,
        country: countryOf(remoteAddress),
        limitKey: limitKeyOf(remoteAddress),
      })
      const userCode = formatUserCode(request.userCode)
      const verificationUrl = `${siteUrl()}/device`
      const answer = {
        deviceCode,
        userCode,
        verificationUrl,
        verificationUrlComplete: `${verificationUrl}#${userCode}`,
        expiresInSeconds: DEVICE_LIFE_MS / 1_000,
        intervalSeconds: POLL_INTERVAL_MS / 1_000,
      }
      return context.json(answer, 201)
    })
    .openapi(tokenRoute, async (context) => {
      const { deviceCode } = context.req.valid('json')
      const limitKey = limitKeyOf(context.env.remoteAddress)
      return context.json(toNewTokenJson(await devices.fetchToken(deviceCode, context.get('author'), limitKey)), 201)
    })
    .openapi(lookRoute, async (context) => {
      const { userId } = requirePerson(context.get('actor'))
      const request = await devices.look(context.req.valid('param').userCode, userId)
      return context.json(toWaitingJson(request, context.get('origin').address), 200)
    })
    .openapi(approveRoute, async (context) => {
      const actor = requirePerson(context.get('actor'))
      const { permissions, networkId, expiresInDays } = context.req.valid('json')
      requireVisible(actor, networkId)
      const { name } = await devices.approve(
        context.req.valid('param').userCode,
        actor.userId,
        { permissions, networkId, days: expiresInDays },
        context.get('author'),
      )
      return context.json({ name, decision: 'approved' as const }, 200)
    })
    .openapi(denyRoute, async (context) => {
      const { userId } = requirePerson(context.get('actor'))
      const { name } = await devices.deny(context.req.valid('param').userCode, userId, context.get('author'))
      return context.json({ name, decision: 'denied' as const }, 200)
    })
}

function toWaitingJson(request: DeviceRequest, yourAddress: string | null): z.output<typeof waitingSchema> {
  const { userCode, permissions, address } = request
  return {
    ...request,
    userCode: formatUserCode(userCode),
    permissions: [...permissions],
    isFromYourAddress: address !== null && address === yourAddress,
  }
}
