import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { formatDuration } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import { findKey } from '../../keys/find-key.ts'
import { showSecret } from '../../keys/show-secret.ts'
import { duration } from '../../parse/arguments.ts'
import { confirm } from '../../terminal/confirm.ts'

/** As the collector allows. */
const GRACE = { maxMs: 7 * 86_400_000, example: '10m or 24h' }

interface Options {
  readonly grace: number
  readonly yes?: true
}

/** `keys rotate` */
export function addKeysRotate(keys: Command, cli: Cli): void {
  const command = keys
    .command('rotate')
    .description('Replace the secret of an API key, and show the new one this once')
    .argument('<key>', 'id, name or last four characters')
    .option(
      '--grace <time>',
      'how long the earlier secret still works, such as 24h (default: not at all)',
      duration(GRACE),
      0,
    )
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, { grace, yes }: Options) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const { id, name } = findKey(await read(api.networks[':networkId'].keys.$get({ param })), named)
      const effect = grace === 0 ? 'ends now, and its servers are cut off' : `ends in ${formatDuration(grace)}`
      if (yes !== true && !(await confirm(cli.system, `Replace the secret of ${name}? The earlier one ${effect}.`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const key = await read(
        api.networks[':networkId'].keys[':keyId'].rotate.$post({
          param: { ...param, keyId: id },
          json: { graceSeconds: Math.ceil(grace / 1_000) },
        }),
      )
      showSecret(output, key, `Replaced the secret of ${name}. The earlier one ${grace === 0 ? 'ended' : effect}.`)
    })
  addExamples(command, ['mctrack keys rotate proxy-1 --grace 24h'], ['mctrack keys rotate x7Qa --json'])
}
