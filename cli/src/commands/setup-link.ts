import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { addExamples } from '../help.ts'
import { showLink } from '../users/show-link.ts'

/** `setup-link` */
export function addSetupLink(program: Command, cli: Cli): void {
  const command = program
    .command('setup-link')
    .description('Show a link with which the first owner of this installation makes an account')
    .action(async () => {
      const { api, read, output } = cli.open(command)
      const link = await read(api.setup.link.$post())
      showLink(output, link, {
        message: 'Whoever opens this makes the first account, which owns the installation; earlier links have ended:',
        nowMs: cli.system.now(),
      })
    })
  addExamples(command, ['mctrack setup-link'], ['mctrack setup-link --json'])
}
