import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findKey } from '../../keys/find-key.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `keys revoke` */
export function addKeysRevoke(keys: Command, cli: Cli): void {
  const command = keys
    .command('revoke')
    .description('End an API key for good; its servers are cut off within a second')
    .argument('<key>', 'id, name or last four characters')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const { id, name } = findKey(await read(api.networks[':networkId'].keys.$get({ param })), named)
      if (options.yes !== true && !(await confirm(cli.system, `Revoke ${name}? Its servers are cut off, for good.`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const key = await read(api.networks[':networkId'].keys[':keyId'].revoke.$post({ param: { ...param, keyId: id } }))
      if (output.isJson) return output.data(key)
      output.done(`Revoked the key ${name}.`)
    })
  addExamples(command, ['mctrack keys revoke proxy-1'], ['mctrack keys revoke proxy-1 --yes --json'])
}
