import { toUnreachable } from '../api/api-error.ts'
import type { Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'

/** A player can have years of sessions. */
const TIMEOUT_MS = 30 * 60_000

/**
 * All that is stored of a player, piece by piece: one JSON document in all, of any size.
 *
 * @throws CliError also when the document is cut off
 */
export async function* downloadPlayer(
  { ask, place }: Pick<Session, 'ask' | 'place'>,
  networkId: string,
  playerId: string,
): AsyncGenerator<string> {
  const url = `${place.url}/api/v1/networks/${networkId}/players/${playerId}/export`
  const response = await ask(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  const decoder = new TextDecoder()
  let last = ''
  try {
    for await (const bytes of response.body ?? []) {
      const text = decoder.decode(bytes as Uint8Array, { stream: true })
      last = text.at(-1) ?? last
      yield text
    }
  } catch (error) {
    throw toUnreachable(error, place)
  }
  if (last !== '}') throw new CliError('COLLECTOR_UNREACHABLE', 'The answer was cut off. Ask again.')
}
