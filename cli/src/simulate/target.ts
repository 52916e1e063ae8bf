import { introduceNetwork, type SimulatorTarget } from '@mctrack/sdk/simulator'
import type { Network } from '../api/types.ts'
import type { Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { nameForKey } from '../keys/find-key.ts'

/** Unix milliseconds. */
interface Range {
  readonly fromMs: number
  readonly toMs: number
}

/** Where a simulated network reports to, as the command found or made it. */
export interface Target extends SimulatorTarget {
  /** Whether players were already there in a span of time; undefined when there is no token to ask with. */
  readonly hasSessions?: (range: Range) => Promise<boolean>
  /** Ends what was made for the simulation alone. */
  release(): Promise<void>
}

/** What a key that the simulator makes for itself is called. */
const KEY_NAME = 'simulator'

/** A target of which no more is known than a key. */
export function targetByKey(key: string, endpoint: string): Target {
  if (!/^mct_[A-Za-z0-9]{32}$/.test(key)) {
    throw new CliError(
      'USAGE',
      '--key must be a key such as "mctrack keys create" shows: mct_ and 32 letters or digits.',
    )
  }
  return { number: 0, name: 'the network of the key', networkId: null, endpoint, key, release: async () => undefined }
}

/**
 * A network of the collector, with a key of its own that lives as long as the simulation. Without a chosen one it is
 * "Simulated network", which is made when it is not there, so that no real network is mixed with simulated players.
 */
export async function openTarget(session: Session, number: number, chosen: Network | undefined): Promise<Target> {
  const { api, read, place, output } = session
  const network = chosen ?? (await findOrCreateNetwork(session, number))
  const param = { networkId: network.id }
  const routes = api.networks[':networkId'].keys
  const name = nameForKey(await read(routes.$get({ param })), KEY_NAME)
  const { id: keyId, key } = await read(routes.$post({ param, json: { name } }))
  return {
    number,
    name: network.name,
    networkId: network.id,
    endpoint: place.url,
    key,
    async rebuildCcu(range) {
      const init = { signal: AbortSignal.timeout(REBUILD_TIMEOUT_MS) }
      try {
        const { rebuild } = api.networks[':networkId'].ccu
        return (await read(rebuild.$post({ param, json: range }, { init }))).minutes
      } catch (error) {
        if (!(error instanceof CliError)) throw error
        output.warn(`Past players online could not be filled in: ${error.message}`)
        return null
      }
    },
    async hasSessions({ fromMs, toMs }) {
      const query = { fromMs: String(fromMs), toMs: String(toMs), limit: '1' }
      return (await read(api.networks[':networkId'].sessions.$get({ param, query }))).sessions.length > 0
    },
    async release() {
      try {
        await read(routes[':keyId'].revoke.$post({ param: { ...param, keyId } }))
      } catch (error) {
        if (!(error instanceof CliError)) throw error
        output.warn(`The key ${name} could not be revoked: ${error.message}`)
      }
    },
  }
}

/** Two months of minutes are filled in a few seconds; this is for much slower machines. */
const REBUILD_TIMEOUT_MS = 300_000

async function findOrCreateNetwork({ api, read, networks, output }: Session, number: number): Promise<Network> {
  const { name, timeZone } = introduceNetwork(number)
  const found = (await networks()).find((network) => network.name === name && network.archivedAtMs === null)
  if (found !== undefined) return found
  const network = await read(api.networks.$post({ json: { name, timeZone } }))
  output.done(`Created the network ${network.name}.`)
  return network
}
