import type { Command } from 'commander'
import type { OperatorToken } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `tokens revoke` */
export function addTokensRevoke(tokens: Command, cli: Cli): void {
  const command = tokens
    .command('revoke')
    .description("End an operator's token for good; its collector makes another one at its next start")
    .argument('<token>', 'id, name or last four characters')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, output } = cli.open(command)
      const { id, name } = findToken(await read(api['operator-tokens'].$get()), named)
      if (options.yes !== true && !(await confirm(cli.system, `Revoke the token "${name}"?`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const token = await read(api['operator-tokens'][':tokenId'].$delete({ param: { tokenId: id } }))
      if (output.isJson) return output.data(token)
      output.done(`Revoked the token "${name}". Restart its collector for a new one.`)
    })
  addExamples(command, ['mctrack tokens revoke x7Qa'], ['mctrack tokens revoke x7Qa --yes --json'])
}

/** Ids first: names repeat. @throws CliError TOKEN_NOT_FOUND or USAGE */
function findToken(tokens: readonly OperatorToken[], named: string): OperatorToken {
  const live = tokens.filter(({ revokedAtMs }) => revokedAtMs === null)
  const waysToSay: ReadonlyArray<(token: OperatorToken) => boolean> = [
    ({ id }) => id === named.toLowerCase(),
    ({ name }) => name === named,
    ({ lastFour }) => lastFour === named.replace(/^…/, ''),
  ]
  for (const isMeant of waysToSay) {
    const [token, second] = live.filter(isMeant)
    if (second !== undefined) {
      const ids = live.filter(isMeant).map(({ id }) => id)
      throw new CliError('USAGE', `Several tokens are "${named}". Name one by its id: ${ids.join(', ')}`)
    }
    if (token !== undefined) return token
  }
  throw new CliError(
    'TOKEN_NOT_FOUND',
    `No operator has a token "${named}". See which there are with: mctrack tokens list`,
  )
}
