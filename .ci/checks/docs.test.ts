import { describe, expect, it } from 'vitest'
import { checkDocs } from './docs.ts'
import { createFixtureTree } from './fixture-tree.ts'

const ENV = 'export const SETTINGS = {\n  MCTRACK_PORT: {\n    flag: 1,\n  },\n  MCTRACK_HOST: {\n  },\n}'
const ERRORS =
  'export const ERROR_CODES = {\n  KEY_MISSING: {\n    status: 401,\n  },\n  FORBIDDEN: { status: 403 },\n}'

describe('links', () => {
  it('follows them to files, folders and headings', () => {
    const text = [
      '# Read me',
      '[file](docs/a.md) [heading](docs/a.md#what-it-is-now) [folder](docs/) [own](#read-me) ![image](b.png)',
      '[elsewhere](https://example.net/x.md) [mail](mailto:a@example.net) [titled](docs/a.md "A")',
      '[reference][r]',
      '',
      '[r]: docs/a.md#again-1',
      '`[code](nowhere.md)`',
      '```md',
      '[code](nowhere.md)',
      '```',
    ].join('\n')
    const root = createFixtureTree({
      'README.md': text,
      'docs/a.md': '[back](../README.md)\n## What `it` is, now!\n## Again\n## Again',
      'b.png': '',
    })

    expect(checkDocs(root)).toEqual([])
  })

  it.each([
    ['[a](nowhere.md)', 'README.md:1 links to nowhere.md, but there is no nowhere.md.'],
    ['\n![a](nowhere.png)', 'README.md:2 links to nowhere.png, but there is no nowhere.png.'],
    ['[a]: nowhere/b.md', 'README.md:1 links to nowhere/b.md, but there is no nowhere/b.md.'],
    ['[a](docs/a.md#b)', 'README.md:1 links to docs/a.md#b, but docs/a.md has no heading #b.'],
    ['[a](#b)', 'README.md:1 links to #b, but README.md has no heading #b.'],
    ['[a](../outside.md)', 'README.md:1 links to ../outside.md, but there is no ../outside.md.'],
  ])('refuses %j', (text, problem) => {
    expect(checkDocs(createFixtureTree({ 'README.md': text, 'docs/a.md': '# A' }))).toEqual([problem])
  })
})

describe('what has to be written down', () => {
  const sources = { 'collector/src/config/env.ts': ENV, 'sdk/src/protocol/errors.ts': ERRORS }

  it('says nothing about documents that are not there yet', () => {
    expect(checkDocs(createFixtureTree(sources))).toEqual([])
  })

  it('takes documents that name everything', () => {
    const documents = {
      'docs/operations.md': '`MCTRACK_PORT`, MCTRACK_HOST',
      'sdk/PROTOCOL.md': 'KEY_MISSING FORBIDDEN',
    }

    expect(checkDocs(createFixtureTree({ ...sources, ...documents }))).toEqual([])
  })

  it('names the settings and codes that are missing, whole words alone', () => {
    const documents = { 'docs/operations.md': 'MCTRACK_PORTS MCTRACK_HOST', 'sdk/PROTOCOL.md': 'KEY_MISSING' }

    expect(checkDocs(createFixtureTree({ ...sources, ...documents }))).toEqual([
      'docs/operations.md does not name the setting MCTRACK_PORT.',
      'sdk/PROTOCOL.md does not name the error code FORBIDDEN.',
    ])
  })

  it('says when it finds no settings at all', () => {
    const root = createFixtureTree({ 'collector/src/config/env.ts': '', 'docs/operations.md': '' })

    expect(checkDocs(root)).toEqual([expect.stringContaining('No setting was found')])
  })
})
