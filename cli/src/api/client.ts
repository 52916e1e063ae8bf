import type { ApiV1 } from '@mctrack/collector/api'
import { hc } from 'hono/client'
import { CliError } from '../cli-error.ts'
import { cleanValue } from '../terminal/clean-text.ts'
import { CLI_VERSION } from '../version.ts'
import { notACollector, readApiError, toUnreachable } from './api-error.ts'
import type { CollectorPlace } from './find-collector.ts'

/** Longer than any question takes that the collector answers at all. */
const REQUEST_TIMEOUT_MS = 30_000

/** The collector's API with its types. Every failure is a CliError; what is no success is never returned. */
export type Api = ReturnType<typeof hc<ApiV1>>

/** A way to ask the collector for anything by its path, with the token. */
export type Ask = (url: string | URL, init?: RequestInit) => Promise<Response>

/** @throws CliError TOKEN_UNKNOWN for a token that no header can carry */
export function createAsk(place: CollectorPlace, timeoutMs: number = REQUEST_TIMEOUT_MS): Ask {
  if (place.token !== undefined && !/^[\x21-\x7e]{1,512}$/.test(place.token)) {
    throw new CliError('TOKEN_UNKNOWN', `The token ${place.tokenFoundBy} is not one: it has characters that none has.`)
  }
  return async (url, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('user-agent', `mctrack/${CLI_VERSION}`)
    if (place.token !== undefined) headers.set('authorization', `Bearer ${place.token}`)
    let response: Response
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...init, headers, redirect: 'manual' })
    } catch (error) {
      if (init.signal?.aborted === true) throw error
      throw toUnreachable(error, place)
    }
    if (!response.ok) throw await readApiError(response, place)
    return response
  }
}

/** The typed API over a way to ask. */
export function createApi(place: CollectorPlace, ask: Ask): Api {
  const fetchJson: typeof fetch = async (input, init) => {
    const response = await ask(input instanceof Request ? input.url : input, init)
    if (response.status === 204) return response
    const text = await response.text().catch((error: unknown) => {
      throw toUnreachable(error, place)
    })
    if (!isJson(text)) throw notACollector(place, 'it does not answer in JSON')
    return new Response(text, { status: response.status, headers: response.headers })
  }
  return hc<ApiV1>(`${place.url}/api/v1`, { fetch: fetchJson })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // The only way to know.
  }
}

/** Reads an answer of the API. With `isForPeople`, texts in it are made harmless for a terminal. */
export async function readAnswer<Value>(
  answer: Promise<{ json(): Promise<Value> }>,
  { isForPeople }: { readonly isForPeople: boolean },
): Promise<Value> {
  const value = await (await answer).json()
  return isForPeople ? cleanValue(value) : value
}
