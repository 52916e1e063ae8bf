import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addExamples } from '../help.ts'
import { describeProgram, parseExamples } from './describe-program.ts'

it('describes commands with arguments, options and examples, down to the last', () => {
  const program = new Command('mctrack').description('Does things.')
  program.commandsGroup('Set it up:')
  const keys = program.command('keys').description('Keys')
  const create = keys
    .command('create')
    .description('Create a key')
    .argument('[name]', 'what it is called')
    .option('--once', 'only once')
  addExamples(create, ['mctrack keys create'], ['mctrack keys create proxy-1', 'with a name'])

  const reference = describeProgram(program, (command) => {
    const parts: string[] = []
    command.configureOutput({ writeOut: (part) => void parts.push(part), getOutHasColors: () => false })
    command.outputHelp()
    return parts.join('')
  })

  expect(reference.commands).toMatchObject([
    {
      name: 'mctrack keys',
      group: 'Set it up:',
      commands: [
        {
          name: 'mctrack keys create',
          about: 'Create a key',
          arguments: [{ name: 'name', about: 'what it is called', isRequired: false }],
          options: [{ flags: '--once', about: 'only once' }],
          examples: [
            { line: 'mctrack keys create', about: '' },
            { line: 'mctrack keys create proxy-1', about: 'with a name' },
          ],
        },
      ],
    },
  ])
})

it('finds no example where there is none', () => {
  expect(parseExamples('Usage: mctrack\n  $ not an example')).toEqual([])
})
