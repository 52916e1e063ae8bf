import type { Network } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/** What is known of which network is meant. */
export interface NetworkChoice {
  /** What the person wrote: an id or a name. */
  readonly named: string | undefined
  /** Id of the remembered default, if there is one. */
  readonly remembered: string | undefined
  /** Whether, of several with the name, an archived one is meant; else one that is not. */
  readonly prefersArchived?: boolean
}

/**
 * The network that a command is about: the one named, the remembered one, or the only one there is.
 *
 * @param networks all of them, archived ones included
 * @throws CliError NETWORK_NOT_FOUND, or USAGE when it is not clear which is meant
 */
export function chooseNetwork(networks: readonly Network[], choice: NetworkChoice): Network {
  const { named, remembered, prefersArchived = false } = choice
  if (named !== undefined) return findNamed(networks, named, prefersArchived)
  const active = networks.filter(({ archivedAtMs }) => archivedAtMs === null)
  const known = active.find(({ id }) => id === remembered)
  if (known !== undefined) return known
  const [only, second] = active
  if (only === undefined) {
    throw new CliError(
      'NETWORK_NOT_FOUND',
      networks.length === 0
        ? 'There is no network yet. Create one with: mctrack networks create "My network"'
        : 'All networks are archived. Restore one with "mctrack networks restore", or create another.',
    )
  }
  if (second === undefined) return only
  const gone = remembered === undefined ? '' : ' The remembered one is not among them.'
  throw new CliError(
    'USAGE',
    `There are ${active.length} networks.${gone} Say which with --network <name>, or remember one with: mctrack networks use <name>`,
  )
}

/** By id, by name, or by name in any case. */
function findNamed(networks: readonly Network[], named: string, prefersArchived: boolean): Network {
  const wanted = named.trim()
  const matches: ReadonlyArray<(network: Network) => boolean> = [
    ({ id }) => id === wanted.toLowerCase(),
    ({ name }) => name === wanted,
    ({ name }) => name.toLowerCase() === wanted.toLowerCase(),
  ]
  for (const isMatch of matches) {
    const found = networks.filter(isMatch)
    const preferred = found.filter(({ archivedAtMs }) => (archivedAtMs !== null) === prefersArchived)
    const [network, second] = preferred.length > 0 ? preferred : found
    if (network === undefined) continue
    if (second === undefined) return network
    const ids = found.map(({ id }) => id).join(', ')
    throw new CliError('USAGE', `Several networks are called "${wanted}". Name one by its id: ${ids}`)
  }
  throw new CliError(
    'NETWORK_NOT_FOUND',
    `There is no network "${wanted}". See which there are with: mctrack networks list --archived`,
  )
}
