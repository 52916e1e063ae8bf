import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'

/** A failure as the person at the terminal is told about it: a code of the one table, and a sentence with what to do. */
export class CliError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string = ERROR_CODES[code].sentence, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
  }
}
