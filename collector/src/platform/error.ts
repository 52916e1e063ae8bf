import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'

/** A failure that has its place in the table of error codes. `message` says what is wrong and what to do. */
export class MctrackError extends Error {
  override readonly name = 'MctrackError'
  readonly code: ErrorCode
  /** For codes that can be retried: how long to wait. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: ErrorCode,
    message?: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(message ?? ERROR_CODES[code].sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }

  get status(): number {
    return ERROR_CODES[this.code].status
  }
}
