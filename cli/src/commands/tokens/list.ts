import type { Command } from 'commander'
import type { OperatorToken } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `tokens list` */
export function addTokensList(tokens: Command, cli: Cli): void {
  const command = tokens
    .command('list')
    .description("List operators' tokens, which allow everything")
    .option('--revoked', 'list revoked ones too')
    .action(async (options: { readonly revoked?: true }) => {
      const { api, read, output } = cli.open(command)
      const all = await read(api['operator-tokens'].$get())
      const list = all.filter(({ revokedAtMs }) => options.revoked === true || revokedAtMs === null)
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note('There is no token of an operator.')
      output.table(columnsAt(cli.system.now()), list)
      output.note('People see their own tokens in their account, on the site.')
    })
  addExamples(command, ['mctrack tokens list'], ['mctrack tokens list --revoked --json'])
}

function columnsAt(nowMs: number): ReadonlyArray<Column<OperatorToken>> {
  const age = (atMs: number | null, never: string): string => (atMs === null ? never : formatAge(atMs, nowMs))
  return [
    { title: 'Name', text: ({ name }) => name },
    { title: 'Token', text: ({ lastFour }) => `…${lastFour}`, isWhole: true },
    { title: 'Created', text: ({ createdAtMs }) => age(createdAtMs, '') },
    {
      title: 'Last used',
      text: ({ lastUsedAtMs, revokedAtMs }) =>
        revokedAtMs === null ? age(lastUsedAtMs, 'never') : `revoked ${age(revokedAtMs, '')}`,
    },
    { title: 'Id', text: ({ id }) => id, isWhole: true },
  ]
}
