import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findKey } from '../../keys/find-key.ts'
import { KEY_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `keys rename` */
export function addKeysRename(keys: Command, cli: Cli): void {
  const command = keys
    .command('rename')
    .description('Give an API key another name')
    .argument('<key>', 'id, name or last four characters')
    .argument('<new-name>', 'what it is called from now on', text(KEY_NAME_CHARS_MAX))
    .action(async (named: string, name: string) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const { id, name: before } = findKey(await read(api.networks[':networkId'].keys.$get({ param })), named)
      const key = await read(
        api.networks[':networkId'].keys[':keyId'].$patch({ param: { ...param, keyId: id }, json: { name } }),
      )
      if (output.isJson) return output.data(key)
      output.done(`Renamed ${before} to ${key.name}.`)
    })
  addExamples(command, ['mctrack keys rename proxy-1 proxy-eu-1'])
}
