import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'
import { formatCountOf } from '../format/numbers.ts'
import { addExamples } from '../help.ts'
import { cleanText } from '../terminal/clean-text.ts'
import type { Palette } from '../terminal/palette.ts'

const WORDS = { pass: 'PASS', warn: 'WARN', fail: 'FAIL' } as const
const INDENT = ' '.repeat(WORDS.pass.length + 2)

/** `doctor` */
export function addDoctor(program: Command, cli: Cli): void {
  const command = program
    .command('doctor')
    .description('Check everything that commonly goes wrong, and say how to mend it; exits with 1 when something fails')
    .action(async () => {
      const session = cli.open(command)
      const { output } = session
      const findings: Finding[] = []
      for await (const finding of examine(cli, session)) {
        findings.push(finding)
        if (!output.isJson) output.lines(...layoutFinding(finding, output.palette))
      }
      const count = (result: Finding['result']): number =>
        findings.filter((finding) => finding.result === result).length
      const [warnings, failures] = [count('warn'), count('fail')]
      if (output.isJson) output.data({ ok: failures === 0, findings })
      else output.lines('', summarize(warnings, failures))
      if (failures > 0) cli.exitWith(1)
    })
  addExamples(
    command,
    ['mctrack doctor'],
    ['mctrack doctor --json | jq \'.findings[] | select(.result != "pass")\''],
    ['mctrack doctor --url https://mctrack.example.net --network "Example Network"'],
  )
}

function layoutFinding({ result, message, remedy }: Finding, palette: Palette): readonly string[] {
  const style = { pass: palette.good, warn: palette.attention, fail: palette.bad }[result]
  const line = `${style(WORDS[result])}  ${cleanText(message)}`
  return remedy === null ? [line] : [line, `${INDENT}${palette.faint(cleanText(remedy))}`]
}

function summarize(warnings: number, failures: number): string {
  if (failures > 0)
    return `${formatCountOf(failures, 'thing does', 'things do')} not work. What to do stands below each.`
  if (warnings > 0) return `It works; ${formatCountOf(warnings, 'thing wants', 'things want')} a look.`
  return 'All is well.'
}
