import { describe, expect, it } from 'vitest'
import type { Cli } from '../cli.ts'
import { createProgram } from '../program.ts'
import { complete, type NameKind } from './complete.ts'

const NAMES: Readonly<Record<NameKind, readonly string[]>> = {
  network: ['Example Net', 'Test'],
  key: ['proxy-key'],
  server: ['proxy-1', 'lobby-1'],
  backend: ['bedwars-1'],
  user: ['alex@example.net'],
  member: ['kim@example.net'],
  role: ['Viewer', 'Moderator'],
  invitation: ['sam@example.net'],
}

/** What could stand in place of the last word of a line. */
async function at(...words: readonly string[]): Promise<readonly string[]> {
  const cli = { system: { stdout: {}, stderr: {}, env: {}, args: [] } } as unknown as Cli
  const found = await complete(createProgram(cli), words, { loadNames: async (kind) => NAMES[kind] })
  return found.map(({ value }) => value)
}

describe('commands', () => {
  it('are completed by their beginning, with what they do', async () => {
    expect(await at('net')).toEqual(['networks'])
    expect(await at('networks', 're')).toEqual(['rename', 'restore'])
    expect(await at('')).toEqual(expect.arrayContaining(['up', 'live', 'dead-letters', 'completion']))
  })
  it('know who has an account', async () => {
    expect(await at('users', 'disable', 'al')).toEqual(['alex@example.net'])
    expect(await at('audit', '--user', '')).toEqual(['alex@example.net'])
  })
  it('are found behind flags and their values', async () => {
    expect(await at('--json', '--network', 'keys', 'serv')).toEqual(['servers'])
  })
})

describe('flags', () => {
  it('are those of the command and those that all take', async () => {
    expect(await at('live', '--w')).toEqual(['--watch'])
    expect(await at('live', '--')).toEqual(expect.arrayContaining(['--watch', '--json', '--url']))
  })
  it('have their choices', async () => {
    expect(await at('sessions', 'list', '--platform', '')).toEqual(['java', 'bedrock'])
    expect(await at('sessions', 'list', '--platform=b')).toEqual(['--platform=bedrock'])
    expect(await at('dead-letters', 'list', '--state', 'k')).toEqual(['kept'])
    expect(await at('roles', 'create', 'Moderator', '--allow', 'players.')).toEqual(['players.view', 'players.erase'])
    expect(await at('tail', '--type', 'j')).toEqual(['join'])
    expect(await at('audit', '--action', 'key.r')).toEqual(['key.renamed', 'key.rotated', 'key.revoked'])
  })
  it('without choices, and flags that there are not, have none', async () => {
    expect(await at('--url', '')).toEqual([])
    expect(await at('live', '--nonsense=x')).toEqual([])
  })
})

describe('names that the collector knows', () => {
  it.each([
    [['networks', 'show', 'ex'], ['Example Net']],
    [
      ['networks', 'use', ''],
      ['Example Net', 'Test'],
    ],
    [['live', '--network', 't'], ['Test']],
    [['live', '--network', '=', 't'], ['Test']],
    [
      ['live', '--network', '='],
      ['Example Net', 'Test'],
    ],
    [['live', '--network=t'], ['--network=Test']],
    [['networks', 'show', '"Ex'], ['Example Net']],
    [['keys', 'revoke', ''], ['proxy-key']],
    [['servers', 'show', 'proxy'], ['proxy-1']],
    [['tail', '--server', 'lob'], ['lobby-1']],
    [['gamemodes', 'map', ''], ['bedwars-1']],
    [['members', 'set', 'kim'], ['kim@example.net']],
    [['members', 'set', 'kim@example.net', '--role', 'mod'], ['Moderator']],
    [['members', 'transfer', 'alex', '--from', ''], ['kim@example.net']],
    [['roles', 'delete', 'v'], ['Viewer']],
    [['invitations', 'cancel', ''], ['sam@example.net']],
  ])('%j', async (words, names) => {
    expect(await at(...words)).toEqual(names)
  })
  it('are not offered for a new name, nor where nothing more is taken', async () => {
    expect(await at('networks', 'create', '')).toEqual([])
    expect(await at('keys', 'create', '')).toEqual([])
    expect(await at('servers', 'show', 'proxy-1', '')).toEqual([])
  })
})

it('knows the shells', async () => {
  expect(await at('completion', '')).toEqual(['bash', 'zsh', 'fish'])
})
