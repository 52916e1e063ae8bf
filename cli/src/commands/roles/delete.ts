import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findRole } from '../../members/find-role.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `roles delete` */
export function addRolesDelete(roles: Command, cli: Cli): void {
  const command = roles
    .command('delete')
    .description('Delete a role that nobody has')
    .argument('<role>', 'name or id')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const param = { networkId: id }
      const routes = api.networks[':networkId'].roles
      const role = findRole(await read(routes.$get({ param })), named)
      if (options.yes !== true && !(await confirm(cli.system, `Delete the role ${role.name} of ${name}?`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      await routes[':roleId'].$delete({ param: { ...param, roleId: role.id } })
      if (output.isJson) return output.data(role)
      output.done(`Deleted the role ${role.name}.`)
    })
  addExamples(command, ['mctrack roles delete Moderator'])
}
