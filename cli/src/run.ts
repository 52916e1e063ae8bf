import { debuglog } from 'node:util'
import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'
import { type Command, CommanderError } from 'commander'
import { createCli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { complete } from './completion/complete.ts'
import { loadNames } from './completion/load-names.ts'
import { COMPLETE_WORD } from './completion/scripts.ts'
import { Interrupted } from './interrupted.ts'
import { dropScriptSeparator } from './parse/script-arguments.ts'
import { createProgram } from './program.ts'
import { INTERRUPTED_EXIT } from './stopper.ts'
import type { System } from './system.ts'
import { cleanText, formatJson } from './terminal/clean-text.ts'
import { createPalette, wantsColor } from './terminal/palette.ts'

const debug = debuglog('mctrack')

/** Runs one command line to its end. @returns its exit code */
export async function run(given: System): Promise<number> {
  const system: System = { ...given, args: dropScriptSeparator(given.args) }
  let exitCode = 0
  const cli = createCli(system, (code) => {
    exitCode = code
  })
  const program = createProgram(cli)
  const { args } = system
  if (args[0] === COMPLETE_WORD) {
    await printCandidates(system, program, args.slice(1))
    return 0
  }
  if (args.length === 0) {
    program.outputHelp()
    return 0
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return report(system, error)
  }

  async function printCandidates({ stdout }: System, known: Command, words: readonly string[]): Promise<void> {
    const candidates = await complete(known, words, { loadNames: (kind) => loadNames(cli, words, kind) })
    for (const { value, about } of candidates) stdout.write(`${cleanText(value)}\t${about}\n`)
  }
}

/** Tells what went wrong, in a sentence or as JSON, and never more than that. @returns the exit code */
function report(system: System, error: unknown): number {
  if (error instanceof Interrupted) return INTERRUPTED_EXIT
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  // A noun without a verb: its help was shown.
  if (error instanceof CommanderError && error.code === 'commander.help') return ERROR_CODES.USAGE.exit
  const { code, message } = describe(error)
  debug('%o', error)
  const { stderr, env, args } = system
  const isJson = args.slice(0, endOfFlags(args)).includes('--json')
  const mark = createPalette(wantsColor(stderr, env, args)).bad('✗')
  stderr.write(isJson ? `${formatJson({ error: { code, message } })}\n` : `${mark} ${message}\n`)
  return ERROR_CODES[code].exit
}

function describe(error: unknown): { readonly code: ErrorCode; readonly message: string } {
  if (error instanceof CliError) return { code: error.code, message: error.message }
  if (error instanceof CommanderError) return { code: 'USAGE', message: describeUsage(error.message) }
  const why = error instanceof Error ? error.message : String(error)
  return {
    code: 'INTERNAL',
    message: `This command has a mistake in itself: ${why} Please report it; NODE_DEBUG=mctrack tells more.`,
  }
}

/** "error: unknown command 'netwrks'\n(Did you mean networks?)" becomes sentences. */
function describeUsage(text: string): string {
  const [first = '', ...rest] = text
    .replace(/^error: /, '')
    .split('\n')
    .filter((line) => line !== '')
  const sentence = first.charAt(0).toUpperCase() + first.slice(1)
  const asked = rest.map((line) => line.replace(/^\((.*)\)$/, '$1'))
  const whole = [/[.!?]$/.test(sentence) ? sentence : `${sentence}.`, ...asked].join(' ')
  return `${whole} Add --help to see how it is used.`
}

function endOfFlags(args: readonly string[]): number {
  const end = args.indexOf('--')
  return end === -1 ? args.length : end
}
