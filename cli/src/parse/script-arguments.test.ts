import { expect, it } from 'vitest'
import { dropScriptSeparator } from './script-arguments.ts'

it.each([
  ['pnpm demo -- --duration 20s', ['demo', '--', '--duration', '20s'], ['demo', '--duration', '20s']],
  ['pnpm start -- --port 0', ['up', '--', '--port', '0'], ['up', '--port', '0']],
  ['pnpm mctrack -- live --json', ['--', 'live', '--json'], ['live', '--json']],
  ['pnpm mctrack -- up -- --port 0', ['--', 'up', '--', '--port', '0'], ['up', '--port', '0']],
  ['pnpm demo --', ['demo', '--'], ['demo']],
  ['pnpm mctrack --', ['--'], []],
])('leaves out the separator of %s', (_line, args, wanted) => {
  expect(dropScriptSeparator(args)).toEqual(wanted)
})

it.each([[['networks', 'create', '--', '-x']], [['demo', '--duration', '20s', '--']], [['keys', '--']], [[]]])(
  'leaves %j as it is',
  (args) => {
    expect(dropScriptSeparator(args)).toEqual(args)
  },
)
