import { clickHouseCode } from './clickhouse/client.ts'
import { MctrackError } from './error.ts'

/** Codes of the operating system and of PostgreSQL for "it does not answer". */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
])
/** PostgreSQL's word for a text that it cannot hold, such as one with a NUL in it. */
const TEXT_IMPOSSIBLE = '22021'
/** ClickHouse's numbers for being overloaded or out of memory. */
const OVERLOADED = new Set([159, 160, 202, 241])

/** What ioredis calls a command that found no connection, or lost it; its timeouts and closed connections only have words. */
const REDIS_AWAY = new Set(['MaxRetriesPerRequestError', 'AbortError'])
/** Redis answers, and says that it cannot work: still loading, a replica, full, not allowed to write, or not logged in. */
const REDIS_UNABLE = /^(LOADING|READONLY|OOM|MISCONF|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOAUTH|WRONGPASS) /

/** Gives any failure its place in the table of error codes. What is nobody's fault but ours becomes INTERNAL. */
export function toMctrackError(error: unknown): MctrackError {
  if (error instanceof MctrackError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === TEXT_IMPOSSIBLE) {
    return new MctrackError('BODY_INVALID', 'A text has characters that cannot be kept, such as NUL.', { cause: error })
  }
  const { name, message } = error instanceof Error ? error : new Error('')
  const isUnreachable =
    UNREACHABLE.has(code) ||
    OVERLOADED.has(clickHouseCode(error) ?? 0) ||
    REDIS_AWAY.has(name) ||
    REDIS_UNABLE.test(message) ||
    /timeout|Command timed out|Connection (is closed|terminated)|socket hang up/i.test(message)
  return new MctrackError(isUnreachable ? 'STORAGE_UNAVAILABLE' : 'INTERNAL', undefined, { cause: error })
}
