import type { Argument, Command, Option } from 'commander'

/** A command as its help shows it, with those below it. */
export interface CommandReference {
  /** As it is typed: `mctrack keys create`. */
  readonly name: string
  /** What the help lists it under, such as `Set it up:`; empty below the first level. */
  readonly group: string
  readonly about: string
  /** What follows the name: `[options] <name>`. */
  readonly usage: string
  readonly arguments: ReadonlyArray<{ readonly name: string; readonly about: string; readonly isRequired: boolean }>
  readonly options: ReadonlyArray<OptionReference>
  readonly examples: ReadonlyArray<{ readonly line: string; readonly about: string }>
  readonly commands: readonly CommandReference[]
}

export interface OptionReference {
  /** `-w, --watch`. */
  readonly flags: string
  readonly about: string
  readonly choices: readonly string[]
}

/**
 * Everything that `--help` says, of the program and of every command, as data: what the documentation is made from.
 *
 * @param readHelp what a command prints for `--help`, from which its examples are taken
 */
export function describeProgram(program: Command, readHelp: (command: Command) => string): CommandReference {
  return describeCommand(program, [])

  function describeCommand(command: Command, above: readonly string[]): CommandReference {
    const names = [...above, command.name()]
    const help = command.createHelp()
    return {
      name: names.join(' '),
      group: command.helpGroup(),
      about: command.description(),
      usage: command.usage(),
      arguments: command.registeredArguments.map(describeArgument),
      options: help
        .visibleOptions(command)
        .filter(({ long }) => long !== '--help')
        .map(describeOption),
      examples: parseExamples(readHelp(command)),
      commands: help
        .visibleCommands(command)
        .filter((below) => below.name() !== 'help')
        .map((below) => describeCommand(below, names)),
    }
  }
}

function describeArgument(argument: Argument): CommandReference['arguments'][number] {
  const choices = argument.argChoices === undefined ? '' : ` (${argument.argChoices.join(', ')})`
  return { name: argument.name(), about: `${argument.description}${choices}`, isRequired: argument.required }
}

function describeOption({ flags, description, argChoices }: Option): OptionReference {
  return { flags, about: description, choices: argChoices ?? [] }
}

/** The examples of a help page, as `addExamples` writes them. */
export function parseExamples(help: string): CommandReference['examples'] {
  const [, after = ''] = help.split(/^Examples:$/m)
  return Array.from(after.matchAll(/^ {2}\$ (.+)$/gm), ([, text = '']) => {
    const [line = '', about = ''] = text.split(/ {2,}# /)
    return { line: line.trimEnd(), about }
  })
}
