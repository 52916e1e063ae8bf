import type { Command, HelpConfiguration } from 'commander'
import { createPalette } from './terminal/palette.ts'

/** How help pages look: titles stand out, and each page lists the flags that all commands take. */
export const HELP_STYLE: HelpConfiguration = {
  showGlobalOptions: true,
  styleTitle: (title) => createPalette(true).strong(title),
}

/**
 * Puts examples below the help of a command: a line to type, and what it does where that is not plain.
 * Commander takes the colour out where there is to be none.
 */
export function addExamples(
  command: Command,
  ...examples: ReadonlyArray<readonly [line: string, about?: string]>
): void {
  const widest = Math.max(0, ...examples.flatMap(([line, about]) => (about === undefined ? [] : [line.length])))
  const lines = examples.map(([line, about]) =>
    about === undefined ? `  $ ${line}` : `  $ ${line.padEnd(widest)}  # ${about}`,
  )
  command.addHelpText('after', `\n${createPalette(true).strong('Examples:')}\n${lines.join('\n')}`)
}
