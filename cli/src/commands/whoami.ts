import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { addExamples } from '../help.ts'
import { describeAccount, nameAccount } from '../login/describe-account.ts'
import { layoutFields } from '../terminal/fields.ts'

/** `whoami` */
export function addWhoami(program: Command, cli: Cli): void {
  const command = program
    .command('whoami')
    .description('Show who you are to the collector, by which token, and what it allows')
    .action(async () => {
      const session = cli.open(command)
      const { api, read, place, output } = session
      const account = await read(api.account.$get())
      if (output.isJson) return output.data({ url: place.url, tokenFoundBy: place.tokenFoundBy, ...account })
      const names = new Map((await session.networks()).map(({ id, name }) => [id, name]))
      const { palette } = output
      const fields = [
        ['Token', place.tokenFoundBy] as const,
        ...describeAccount(account, (networkId) => names.get(networkId) ?? networkId),
      ]
      output.lines(`${palette.strong(nameAccount(account))} at ${place.url}`, ...layoutFields(fields, palette.faint))
    })
  addExamples(command, ['mctrack whoami'], ['mctrack whoami --url https://mctrack.example.net --json'])
}
