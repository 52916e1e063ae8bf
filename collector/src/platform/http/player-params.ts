import { z } from '@hono/zod-openapi'
import { formatUuid, parseUuid } from '@mctrack/sdk/protocol'
import { networkParams } from './router.ts'

const UUID_CHARS_MAX = 36
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Any UUID as people write it, with or without hyphens: those of Bedrock players are of no version. */
const writtenPlayerIdSchema = z
  .string()
  .max(UUID_CHARS_MAX)
  .transform((text, context) => {
    const id = parseUuid(text)
    const playerId = id === undefined ? NO_ID : formatUuid(id)
    if (playerId === NO_ID) context.addIssue('must be the UUID of a player')
    return playerId
  })
  .openapi({ type: 'string', example: '069a79f4-44e9-4726-a5be-fca90e38aaf5' })

/** A player of a network in a path. */
export const playerParams = networkParams.extend({ playerId: writtenPlayerIdSchema })
