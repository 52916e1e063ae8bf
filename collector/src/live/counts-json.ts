import { z } from '@hono/zod-openapi'
import { instantSchema } from '../platform/http/router.ts'
import type { Counts, Dimension } from './counts.ts'

const byValue = (example: Record<string, number>) => z.record(z.string(), z.number().int().min(0)).openapi({ example })

/** Players online, in all and by each dimension. Every breakdown adds up to the total; '' is unknown. */
export const countsSchema = z
  .object({
    total: z.number().int().min(0),
    byServer: byValue({ 'proxy-1': 12 }),
    byGamemode: byValue({ survival: 9, lobby: 3 }),
    byPlatform: byValue({ java: 10, bedrock: 2 }),
    byDevice: byValue({ '': 10, ios: 2 }),
    byCountry: byValue({ DE: 12 }),
    byDomain: byValue({ 'play.example.net': 12 }),
    byVersion: byValue({ '1.21.11': 12 }),
    /** Largest total since the last full minute. */
    peak: z.number().int().min(0),
    /** Servers with an open connection. */
    serversConnected: z.number().int().min(0),
    atMs: instantSchema,
  })
  .openapi('LiveCounts')

export type CountsJson = z.infer<typeof countsSchema>

export function toCountsJson(counts: Counts, serversConnected: number, atMs: number): CountsJson {
  const by = (dimension: Dimension): Record<string, number> => Object.fromEntries(counts.by(dimension))
  return {
    total: counts.total(),
    byServer: by('server'),
    byGamemode: by('gamemode'),
    byPlatform: by('platform'),
    byDevice: by('device'),
    byCountry: by('country'),
    byDomain: by('domain'),
    byVersion: by('version'),
    peak: counts.peak(),
    serversConnected,
    atMs,
  }
}
