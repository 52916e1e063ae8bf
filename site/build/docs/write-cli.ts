import type { Document } from './document.ts'
import { cell, codeCell, paragraphs, plain, table } from './write-text.ts'

/** A command, as `cli/src/reference/print-reference.ts` prints it. */
export interface CommandReference {
  readonly name: string
  readonly group: string
  readonly about: string
  readonly usage: string
  readonly arguments: ReadonlyArray<{ readonly name: string; readonly about: string; readonly isRequired: boolean }>
  readonly options: ReadonlyArray<{
    readonly flags: string
    readonly about: string
    readonly choices: readonly string[]
  }>
  readonly examples: ReadonlyArray<{ readonly line: string; readonly about: string }>
  readonly commands: readonly CommandReference[]
}

/** The page of every command with its arguments, options and examples. */
export function writeCli(program: CommandReference): Document {
  const groups = [...new Set(program.commands.map(({ group }) => group))]
  const sections = groups.map((group) => {
    const commands = program.commands.filter((command) => command.group === group)
    return paragraphs(`## ${group.replace(/:$/, '') || 'Others'}`, ...commands.map((command) => writeCommand(command)))
  })
  return {
    slug: 'reference/cli',
    group: 'Use it',
    title: 'Command reference',
    description: 'Every command of mctrack with its arguments, options and examples, made from the program itself.',
    markdown: paragraphs(
      'In a clone of the repository, `mctrack` is `npx -y pnpm mctrack`. Every command has `--help`, which says the same.',
      '## Every command takes',
      writeOptions(program.options),
      ...sections,
    ),
  }
}

function writeCommand(command: CommandReference): string {
  const { name, about, usage, examples } = command
  if (command.commands.length > 0) {
    return paragraphs(`### ${name}`, `${sentence(about)}`, ...command.commands.map(writeCommand))
  }
  const depth = name.split(' ').length > 2 ? '####' : '###'
  const typed = `${name} ${usage.replace('[options]', command.options.length === 0 ? '' : '[options]')}`
  return paragraphs(
    `${depth} ${name}`,
    sentence(about),
    fence(typed.replace(/\s+/g, ' ').trim()),
    writeArguments(command),
    writeOptions(command.options),
    examples.length === 0 ? '' : `**Examples**\n\n${fence(examples.map(writeExample).join('\n'))}`,
  )
}

function writeArguments({ arguments: list }: CommandReference): string {
  return table(
    ['Argument', 'Means'],
    list.map(({ name, about, isRequired }) => [codeCell(name), `${cell(about)}${isRequired ? '' : ' (optional)'}`]),
  )
}

function writeOptions(options: CommandReference['options']): string {
  return table(
    ['Option', 'Means'],
    options.map(({ flags, about, choices }) => {
      const known = choices.every((choice) => about.includes(choice)) ? '' : `: ${choices.join(', ')}`
      return [codeCell(flags), cell(`${about}${known}`)]
    }),
  )
}

function writeExample({ line, about }: CommandReference['examples'][number]): string {
  return about === '' ? line : `${line}  # ${about}`
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? plain(text) : `${plain(text)}.`
}

function fence(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\``
}
