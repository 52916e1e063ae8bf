import { Argument, type Command } from 'commander'
import type { Cli } from '../cli.ts'
import { completionScript, SHELLS, type Shell } from '../completion/scripts.ts'
import { addExamples } from '../help.ts'

/** `completion` */
export function addCompletion(program: Command, cli: Cli): void {
  const command = program
    .command('completion')
    .description('Print the script that lets a shell complete commands, flags and names')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action((shell: Shell) => {
      cli.system.stdout.write(completionScript(shell))
    })
  addExamples(
    command,
    ['source <(mctrack completion bash)', 'for this shell'],
    ['mctrack completion bash > ~/.local/share/bash-completion/completions/mctrack', 'for every bash'],
    ['mctrack completion zsh > ~/.zfunc/_mctrack'],
    ['mctrack completion fish > ~/.config/fish/completions/mctrack.fish'],
  )
}
