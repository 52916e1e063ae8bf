import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type Log = Logger

/** Fields that never reach a log, whatever object they stand in. */
const SECRET_FIELDS = ['address', 'ip', 'authorization', 'password', 'token', 'key', 'secret', 'cookie']

/**
 * What is told of an error. Nothing else that a library hangs on it: a failed command of Redis carries its arguments, the
 * password among them, and an error of PostgreSQL the values of the row.
 */
function toLoggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack } = pino.stdSerializers.err(error)
  return { type, message, stack, ...('code' in error ? { code: error.code } : {}) }
}

/** JSON lines for machines, coloured lines for people; to standard error, so that data keeps standard output. */
export function createLog(options: { readonly level: string; readonly format: 'json' | 'pretty' }): Log {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  const settings = {
    level: options.level,
    base: null,
    serializers: { err: toLoggedError },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths, censor: '[hidden]' },
  }
  if (options.format === 'json') return pino(settings, pino.destination({ dest: 2, sync: true }))
  return pino(settings, pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
}
