import { apiMessages } from '../messages/api-messages.ts'
import { type ApiError, LOCAL_CODES, parseRetryAfter, readApiError } from './api-error.ts'
import type { ApiInput, ApiMethod, ApiOutput, ApiPath } from './api-types.ts'

/** An answer, an error, or neither because the question was taken back. */
export type ApiResult<Data> =
  | { readonly kind: 'ok'; readonly data: Data }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | { readonly kind: 'aborted' }

export interface AskOptions {
  readonly signal?: AbortSignal
  /** A 401 means a wrong password here, not a session that ended. */
  readonly isSignIn?: boolean
}

/** The collector's API with its types. Never throws: what goes wrong is a value. */
export type ApiClient = {
  readonly [Method in ApiMethod]: <Path extends ApiPath<Method>>(
    path: Path,
    input: ApiInput<Method, Path>,
    options?: AskOptions,
  ) => Promise<ApiResult<ApiOutput<Method, Path>>>
}

export interface ApiClientDeps {
  readonly fetch: typeof fetch
  /** Rejects when the signal ends it. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>
  /** Told about every answer that says that nobody is signed in. The one place where that is handled. */
  readonly onSessionEnded: () => void
}

/** What an input looks like when its types are gone. */
interface Input {
  readonly param?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly json?: unknown
}

const BASE = '/api/v1'
/** Longer than any question takes that the collector answers at all. */
const TIMEOUT_MS = 30_000
/** Whoever goes through pages quickly meets the limit of a second, not an error. A longer wait is told. */
const PATIENCE_MS = 10_000

/** Asks with the cookie of this browser. A GET that came too soon after others is asked once more, by itself. */
export function createApiClient(deps: ApiClientDeps): ApiClient {
  const ask =
    (method: ApiMethod) =>
    async (path: string, input: unknown, options: AskOptions = {}): Promise<ApiResult<never>> => {
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout])
      const { json } = input as Input
      const send = (): Promise<Response> =>
        deps.fetch(apiUrl(path, input as Input), {
          method: method.toUpperCase(),
          credentials: 'same-origin',
          headers: { accept: 'application/json', ...(json !== undefined && { 'content-type': 'application/json' }) },
          ...(json !== undefined && { body: JSON.stringify(json) }),
          signal,
        })
      try {
        let response = await send()
        const waitMs = method === 'get' ? shortWaitMs(response) : undefined
        if (waitMs !== undefined) {
          await deps.sleep(waitMs, signal)
          response = await send()
        }
        if (response.ok)
          return { kind: 'ok', data: (response.status === 204 ? undefined : await response.json()) as never }
        const error = await readApiError(response, apiMessages.notJson)
        if (response.status === 401 && options.isSignIn !== true) deps.onSessionEnded()
        return { kind: 'failed', error }
      } catch (reason) {
        if (options.signal?.aborted === true) return { kind: 'aborted' }
        return { kind: 'failed', error: localError(reason) }
      }
    }
  return {
    get: ask('get'),
    post: ask('post'),
    put: ask('put'),
    patch: ask('patch'),
    delete: ask('delete'),
  } as ApiClient
}

/** The address of a path with its values filled in: for streams and downloads too. */
export function apiUrl(path: string, { param = {}, query = {} }: Input): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(param[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, String(one))
  }
  return `${BASE}${filled}${search.size === 0 ? '' : `?${search}`}`
}

/** How long to wait before what was asked too fast is asked again, where that is soon. */
function shortWaitMs({ status, headers }: Response): number | undefined {
  const waitMs = status === 429 ? parseRetryAfter(headers.get('retry-after')) : undefined
  return waitMs !== undefined && waitMs <= PATIENCE_MS ? waitMs : undefined
}

function localError(reason: unknown): ApiError {
  const name = reason instanceof Error ? reason.name : ''
  if (name === 'TimeoutError') return { code: LOCAL_CODES.timeout, message: apiMessages.timeout, status: 0 }
  if (name === 'SyntaxError') return { code: LOCAL_CODES.notJson, message: apiMessages.notJson, status: 0 }
  return { code: LOCAL_CODES.unreachable, message: apiMessages.unreachable, status: 0 }
}
