import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'

/** What every answer with an error looks like. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode
    readonly message: string
    /** Single fields that are wrong, where the code speaks of fields. */
    readonly fields?: ReadonlyArray<{ readonly path: string; readonly message: string }>
  }
}

export function errorBody(code: ErrorCode, message?: string, fields?: ErrorBody['error']['fields']): ErrorBody {
  const error = { code, message: message ?? ERROR_CODES[code].sentence }
  return { error: fields === undefined ? error : { ...error, fields } }
}
