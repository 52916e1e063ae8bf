import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type Log = Logger

/** Fields that never reach a log, whatever object they stand in. */
const SECRET_FIELDS = ['address', 'ip', 'authorization', 'password', 'token', 'key', 'secret', 'cookie']

/** JSON lines for machines, coloured lines for people; to standard error, so that data keeps standard output. */
export function createLog(options: { readonly level: string; readonly format: 'json' | 'pretty' }): Log {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`])
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths, censor: '[hidden]' },
  }
  if (options.format === 'json') return pino(settings, pino.destination({ dest: 2, sync: true }))
  return pino(settings, pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' }))
}
