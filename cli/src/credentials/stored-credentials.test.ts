import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStoredCredentials } from './stored-credentials.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const openIn = (name: string) => openStoredCredentials({ MCTRACK_CONFIG_DIR: join(directory, name) })

it('keeps one token for each collector, for this user alone', () => {
  const credentials = openIn('kept')
  expect(credentials.get('https://a')).toBeUndefined()
  credentials.set('https://a', 'mctp_1')
  credentials.set('https://b', 'mctp_2')
  credentials.set('https://a', 'mctp_3')
  expect([credentials.get('https://a'), credentials.get('https://b')]).toEqual(['mctp_3', 'mctp_2'])
  expect(statSync(credentials.file).mode & 0o777).toBe(0o600)
  expect(statSync(join(directory, 'kept')).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(directory, 'kept'))).toEqual(['credentials.json'])
})

it('closes a directory and a file that were open to others', () => {
  const credentials = openIn('open')
  mkdirSync(join(directory, 'open'), { mode: 0o755 })
  writeFileSync(credentials.file, '{"tokens":{}}', { mode: 0o644 })
  writeFileSync(`${credentials.file}.new`, '', { mode: 0o644 })
  chmodSync(`${credentials.file}.new`, 0o644)
  credentials.set('https://a', 'mctp_1')
  expect(statSync(credentials.file).mode & 0o777).toBe(0o600)
  expect(statSync(join(directory, 'open')).mode & 0o777).toBe(0o700)
})

it('forgets a token, and says whether there was one', () => {
  const credentials = openIn('forgotten')
  expect(credentials.forget('https://a')).toBe(false)
  credentials.set('https://a', 'mctp_1')
  expect(credentials.forget('https://a')).toBe(true)
  expect(credentials.get('https://a')).toBeUndefined()
  expect(readFileSync(credentials.file, 'utf8')).not.toContain('mctp_1')
})

it('lies where the environment says, by XDG, or in the home directory', () => {
  expect(openStoredCredentials({ XDG_CONFIG_HOME: '/x' }).file).toBe('/x/mctrack/credentials.json')
  expect(openStoredCredentials({ MCTRACK_CONFIG_DIR: '/m', XDG_CONFIG_HOME: '/x' }).file).toBe('/m/credentials.json')
  expect(openStoredCredentials({}).file).toMatch(/\/\.config\/mctrack\/credentials\.json$/)
})

it.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['other JSON', '{"tokens":{"http://a":1}}'],
  ['a list', '{"tokens":["x"]}'],
])('says that its file holds %s, rather than losing it', (name, text) => {
  const credentials = openIn(name)
  mkdirSync(join(directory, name))
  writeFileSync(credentials.file, text)
  for (const use of [() => credentials.get('http://a'), () => credentials.set('http://a', 'mctp_1')]) {
    expect(use).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('log in again') }),
    )
  }
  expect(readFileSync(credentials.file, 'utf8')).toBe(text)
})

it('says what to do when the file cannot be written', () => {
  writeFileSync(join(directory, 'file'), '')
  expect(() => openIn('file/below').set('http://a', 'mctp_1')).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('MCTRACK_TOKEN') }),
  )
})
