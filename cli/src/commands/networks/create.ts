import type { Command } from 'commander'
import type { Cli, Session } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'
import { NETWORK_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

interface Options {
  readonly timeZone?: string
  readonly currency?: string
}

/** `networks create` */
export function addNetworksCreate(networks: Command, cli: Cli): void {
  const command = networks
    .command('create')
    .description('Create a network')
    .argument('<name>', 'what the network is called', text(NETWORK_NAME_CHARS_MAX))
    .option('--time-zone <zone>', 'IANA time zone in which its days begin (default: UTC)')
    .option('--currency <code>', 'currency of its money, ISO 4217 (default: EUR)')
    .action(async (name: string, { timeZone, currency }: Options) => {
      const session = cli.open(command)
      const { api, read, output } = session
      const network = await read(
        api.networks.$post({
          json: {
            name,
            ...(timeZone === undefined ? {} : { timeZone }),
            ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
          },
        }),
      )
      const isDefault = await rememberFirst(session, network.id)
      output.done(`Created the network ${network.name}${isDefault ? ', which is now the default' : ''}.`)
      showNetwork(output, network, cli.system.now())
      output.note('Next, a key for its servers: mctrack keys create')
    })
  addExamples(
    command,
    ['mctrack networks create "Example Network" --time-zone Europe/Berlin --currency EUR'],
    ['mctrack networks create Test --json'],
  )
}

/** Makes it the default when there is none, or when the one remembered is gone. It was created either way. */
async function rememberFirst({ remembered, networks, place, output }: Session, networkId: string): Promise<boolean> {
  try {
    const before = remembered.get(place.url)
    const isTaken = (await networks()).some(({ id, archivedAtMs }) => id === before && archivedAtMs === null)
    if (isTaken) return false
    remembered.set(place.url, networkId)
    return true
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    output.warn(`It could not be made the default: ${error.message}`)
    return false
  }
}
