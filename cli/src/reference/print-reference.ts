import type { Command } from 'commander'
import { createCli } from '../cli.ts'
import { createProgram } from '../program.ts'
import type { System } from '../system.ts'
import { describeProgram } from './describe-program.ts'

// Prints the reference of all commands as JSON. Started by the build of the site, and good for any other use.

/** The streams of a system that does nothing but take down what is written. */
let written = ''
const paper = {
  isTTY: false,
  write(text: string): boolean {
    written += text
    return true
  },
} as NodeJS.WriteStream

const system: System = { args: [], env: {}, stdin: process.stdin, stdout: paper, stderr: paper, now: Date.now }
const program = createProgram(createCli(system, () => undefined))

function readHelp(command: Command): string {
  written = ''
  command.outputHelp()
  return written
}

process.stdout.write(`${JSON.stringify(describeProgram(program, readHelp))}\n`)
