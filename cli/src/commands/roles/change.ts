import { type Command, Option } from 'commander'
import type { Role } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { findRole } from '../../members/find-role.ts'
import { permissions, ROLE_PERMISSIONS } from '../../members/permissions.ts'
import { ROLE_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

interface Options {
  readonly name?: string
  readonly allow?: Role['permissions']
}

/** `roles change` */
export function addRolesChange(roles: Command, cli: Cli): void {
  const command = roles
    .command('change')
    .description('Rename a role, or change what it allows; it counts at once for who has it')
    .argument('<role>', 'name or id')
    .option('--name <name>', 'what it is called from now on', text(ROLE_NAME_CHARS_MAX))
    .addOption(
      new Option('--allow <permissions>', 'all that it allows from now on beside network.view, with commas')
        .choices(ROLE_PERMISSIONS)
        .argParser(permissions),
    )
    .action(async (named: string, { name, allow }: Options) => {
      if (name === undefined && allow === undefined) {
        throw new CliError('USAGE', 'Say what to change: --name or --allow.')
      }
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const routes = api.networks[':networkId'].roles
      const { id } = findRole(await read(routes.$get({ param })), named)
      const json = {
        ...(name === undefined ? {} : { name }),
        ...(allow === undefined ? {} : { permissions: Array.from(allow) }),
      }
      const role = await read(routes[':roleId'].$patch({ param: { ...param, roleId: id }, json }))
      if (output.isJson) return output.data(role)
      output.done(`The role ${role.name} allows ${role.permissions.join(', ')}.`)
    })
  addExamples(
    command,
    ['mctrack roles change Moderator --allow players.view,audit.view'],
    ['mctrack roles change Moderator --name "Night watch"'],
  )
}
