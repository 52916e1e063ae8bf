import { z } from 'zod'
import { PLAYER_SORTS } from './player.ts'

const LAST_CHARS_MAX = 64

const cursorSchema = z.tuple([
  z.enum(PLAYER_SORTS),
  z.enum(['asc', 'desc']),
  z.union([z.number().int(), z.string().max(LAST_CHARS_MAX)]),
  z.guid(),
])

/** Where a list of players goes on: after this one, in this order. */
export type PlayerCursor = z.infer<typeof cursorSchema>

export function formatPlayerCursor(cursor: PlayerCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** @returns undefined for a text that `formatPlayerCursor` never makes */
export function parsePlayerCursor(text: string): PlayerCursor | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined // Not JSON.
  }
  const { data } = cursorSchema.safeParse(value)
  if (data === undefined) return undefined
  return (data[0] === 'name') === (typeof data[2] === 'string') ? data : undefined
}
