/** Why something was not answered, as a value: for people (`message`), for code (`code`) and for a report (`requestId`). */
export interface ApiError {
  /** From the collector's table of error codes, or one of {@link LOCAL_CODES}. */
  readonly code: string
  readonly message: string
  /** HTTP status, or 0 when there was no answer. */
  readonly status: number
  readonly requestId?: string
  /** The collector's own word on when to ask again. */
  readonly retryAfterMs?: number
  /** Single fields that are wrong, by their name. */
  readonly fields?: ReadonlyArray<{ readonly path: string; readonly message: string }>
}

/** Codes for what goes wrong on this side of the wire. */
export const LOCAL_CODES = { unreachable: 'UNREACHABLE', timeout: 'TIMEOUT', notJson: 'NOT_JSON' } as const

const MESSAGE_CHARS_MAX = 500
const FIELDS_MAX = 50
const RETRY_AFTER_S_MAX = 3_600

/** Reads an answer that is no success. Whatever it holds, there is a code and a sentence. */
export async function readApiError(response: Response, fallback: string): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id')
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'))
  const body = parseBody(await response.text().catch(() => ''))
  return {
    code: body?.code ?? LOCAL_CODES.notJson,
    message: body?.message ?? fallback,
    status: response.status,
    ...(requestId !== null && /^[\w-]{1,64}$/.test(requestId) && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(body?.fields !== undefined && { fields: body.fields }),
  }
}

/** Whether the same question may well be answered later, without anybody changing anything. */
export function isTransient({ status, retryAfterMs, code }: ApiError): boolean {
  return retryAfterMs !== undefined || status === 0 || status === 429 || status >= 502 || code === LOCAL_CODES.timeout
}

/** The seconds of a `Retry-After`, in milliseconds; undefined for a date or nonsense. */
export function parseRetryAfter(text: string | null): number | undefined {
  if (text === null || !/^\d{1,9}$/.test(text)) return undefined
  return Math.min(Number(text), RETRY_AFTER_S_MAX) * 1_000
}

function parseBody(text: string): Pick<ApiError, 'code' | 'message' | 'fields'> | undefined {
  let error: unknown
  try {
    error = (JSON.parse(text) as { error?: unknown } | null)?.error
  } catch {
    return undefined // A proxy in between answers with a page of its own.
  }
  if (typeof error !== 'object' || error === null) return undefined
  const { code, message, fields } = error as Record<string, unknown>
  if (typeof code !== 'string' || !/^[A-Z0-9_]{1,64}$/.test(code) || typeof message !== 'string') return undefined
  const known = Array.isArray(fields) ? fields.filter(isField).slice(0, FIELDS_MAX) : undefined
  return { code, message: message.slice(0, MESSAGE_CHARS_MAX), ...(known !== undefined && { fields: known }) }
}

function isField(field: unknown): field is { path: string; message: string } {
  if (typeof field !== 'object' || field === null) return false
  const { path, message } = field as Record<string, unknown>
  return typeof path === 'string' && typeof message === 'string'
}
