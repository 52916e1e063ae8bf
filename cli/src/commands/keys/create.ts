import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { nameForKey } from '../../keys/find-key.ts'
import { showSecret } from '../../keys/show-secret.ts'
import { KEY_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `keys create` */
export function addKeysCreate(keys: Command, cli: Cli): void {
  const command = keys
    .command('create')
    .description('Create an API key for servers, and show its secret this once')
    .argument('[name]', 'what the key is called (default: made from what it is for)', text(KEY_NAME_CHARS_MAX))
    .option('--gamemode <name>', 'the only game mode that it may report', text(KEY_NAME_CHARS_MAX))
    .action(async (named: string | undefined, { gamemode }: { readonly gamemode?: string }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name: networkName } = await network()
      const routes = api.networks[':networkId'].keys
      const param = { networkId: id }
      const name = named ?? nameForKey(await read(routes.$get({ param })), gamemode)
      const json = { name, ...(gamemode === undefined ? {} : { gamemode }) }
      const key = await read(routes.$post({ param, json }))
      showSecret(output, key, `Created the key ${key.name} for ${networkName}.`)
    })
  addExamples(
    command,
    ['mctrack keys create proxy-1'],
    ['mctrack keys create --gamemode survival --network "Example Network"'],
    ['MCTRACK_KEY=$(mctrack keys create)', 'the secret alone goes to standard output'],
  )
}
