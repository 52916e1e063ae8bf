import { ERROR_CODES } from '@mctrack/sdk/protocol'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { runCli } from '../tests/support/run-cli.ts'
import type { Cli } from './cli.ts'
import { createProgram } from './program.ts'

const NOWHERE = { MCTRACK_DATA_DIR: '/nonexistent/mctrack', MCTRACK_CONFIG_DIR: '/nonexistent/config' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: the beginning of every colour
const ESCAPE = /\u001b/

/** All commands, each with the words that call it. */
function commandsOf(command: Command, words: readonly string[] = []): ReadonlyArray<readonly [string, Command]> {
  return command.commands.flatMap((each) => {
    const own = [...words, each.name()]
    return [[own.join(' '), each] as const, ...commandsOf(each, own)]
  })
}

const program = createProgram({ system: { stdout: {}, stderr: {}, env: {}, args: [] } } as unknown as Cli)
const commands = commandsOf(program)

it.each([[['--', 'networks', '--help']], [['up', '--', '--help']], [['demo', '--', '--help']]])(
  'understands %j, as pnpm hands it on',
  async (args) => {
    const { code, stdout } = await runCli(args, { env: NOWHERE })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: mctrack (networks|up|demo)/)
  },
)

describe('a line that is not understood', () => {
  it.each([
    [['nonsense'], /^✗ Unknown command 'nonsense'\. Add --help/],
    [['netwroks'], /Did you mean networks\?/],
    [['networks', 'lst'], /Did you mean list\?/],
    [['live', '--wach'], /Unknown option '--wach'\. Did you mean --watch\?/],
    [['networks', 'create'], /Missing required argument 'name'/],
    [['networks', 'create', ' '], /must not be empty/],
    [['networks', 'create', 'x'.repeat(65)], /at most 64 characters/],
    [['networks', 'set'], /Say what to change/],
    [['networks', 'set', '--resume-window', '1s'], /from 5 s to 10 min/],
    [['keys', 'create', 'a', 'b'], /Expected 1 argument but got 2/],
    [['keys', 'rotate', 'a', '--grace', '8d'], /from 0 ms to 7 d/],
    [['sessions', 'list', '--limit', '0'], /whole number from 1/],
    [['sessions', 'list', '--open', '--ended'], /cannot be used with/],
    [['sessions', 'list', '--platform', 'pc'], /Allowed choices are java, bedrock/],
    [['tail', '--type', ','], /must not be empty/],
    [['dead-letters', 'replay'], /Say which/],
    [['dead-letters', 'replay', '../x'], /must be an id/],
    [['dead-letters', 'discard', '--code', 'EVENT_TOO_OLD'], /Say which/],
    [['dead-letters', 'list', '--code', 'constructor'], /must be an error code/],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
    [['networks', 'list', '--url', 'nonsense'], /^✗ --url must be an address/],
    [['up', '--port'], /argument missing/],
  ])('%j ends with 2 and says why', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(args, { env: NOWHERE })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it('is told as JSON to who wants JSON', async () => {
    const { stderr } = await runCli(['nonsense', '--json'])
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'USAGE', message: "Unknown command 'nonsense'. Add --help to see how it is used." },
    })
  })

  it('that ends at a noun shows its help', async () => {
    const { code, stderr } = await runCli(['networks'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Usage: mctrack networks/)
  })
})

describe('an exit code', () => {
  it('is the one of the table of error codes', async () => {
    const token = await runCli(['status', '--token', 'a b'], { env: NOWHERE })
    expect(token.code).toBe(ERROR_CODES.TOKEN_UNKNOWN.exit)
    const away = await runCli(['networks', 'list', '--url', 'http://127.0.0.1:2'], { env: NOWHERE })
    expect(away).toMatchObject({ code: ERROR_CODES.COLLECTOR_UNREACHABLE.exit, stdout: '' })
  })

  it('of every kind is told in the help', async () => {
    const { code, stdout } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const { exit } of Object.values(ERROR_CODES)) expect(stdout).toMatch(new RegExp(`(?:^|\\s)${exit} [a-z]`, 'm'))
  })
})

describe('help', () => {
  it('is what no words at all mean', async () => {
    expect(await runCli([])).toEqual({ ...(await runCli(['--help'])), json: expect.anything() })
  })

  it.each(commands)('of %s says what it does, and shows examples that it takes', async (words, command) => {
    const { code, stdout } = await runCli([...words.split(' '), '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain(`Usage: mctrack ${words}`)
    expect(command.description()).toMatch(/^[A-Z].*[^.]$/)
    if (command.commands.length > 0) return
    const examples = stdout.split('Examples:\n')[1]?.match(/\$ .*/g) ?? []
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) expect(example).toContain(`mctrack ${words}`)
    const flags = new Set(['--help', ...flagsOf(command), ...flagsOf(program)])
    for (const flag of examples.flatMap((example) => example.match(/--[a-z-]+/g) ?? [])) expect(flags).toContain(flag)
  })

  it('has colour on a terminal alone', async () => {
    expect((await runCli(['--help'], { columns: 80 })).stdout).toMatch(ESCAPE)
    expect((await runCli(['--help'])).stdout).not.toMatch(ESCAPE)
    expect((await runCli(['--help'], { columns: 80, env: { NO_COLOR: '1' } })).stdout).not.toMatch(ESCAPE)
    expect((await runCli(['--help', '--no-color'], { columns: 80 })).stdout).not.toMatch(ESCAPE)
  })
})

it('says its version', async () => {
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

it('completes nothing, and says nothing, where no collector answers', async () => {
  expect(await runCli(['__complete', 'networks', 'show', ''], { env: NOWHERE })).toMatchObject({
    code: 0,
    stdout: '',
    stderr: '',
  })
})

function flagsOf(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => long ?? [])
}
