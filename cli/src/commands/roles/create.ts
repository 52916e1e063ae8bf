import { type Command, Option } from 'commander'
import type { Role } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { permissions, ROLE_PERMISSIONS } from '../../members/permissions.ts'
import { ROLE_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `roles create` */
export function addRolesCreate(roles: Command, cli: Cli): void {
  const command = roles
    .command('create')
    .description('Make a role of this network')
    .argument('<name>', 'what it is called', text(ROLE_NAME_CHARS_MAX))
    .addOption(
      new Option('--allow <permissions>', 'what it allows beside network.view, with commas')
        .choices(ROLE_PERMISSIONS)
        .argParser(permissions),
    )
    .action(async (name: string, { allow }: { readonly allow?: Role['permissions'] }) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const json = { name, permissions: Array.from(allow ?? ['network.view' as const]) }
      const role = await read(api.networks[':networkId'].roles.$post({ param, json }))
      if (output.isJson) return output.data(role)
      output.done(`Made the role ${role.name}: ${role.permissions.join(', ')}.`)
    })
  addExamples(
    command,
    ['mctrack roles create Moderator --allow players.view'],
    ['mctrack roles create Accountant --allow revenue.view,export --json'],
  )
}
