import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRememberedNetworks } from './remembered-networks.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const openIn = (name: string) => openRememberedNetworks({ MCTRACK_CONFIG_DIR: join(directory, name) })

it('remembers one network for each collector, for this user alone', () => {
  const remembered = openIn('new/deep')
  expect(remembered.get('http://a')).toBeUndefined()
  remembered.set('http://a', '1')
  remembered.set('http://b', '2')
  remembered.set('http://a', '3')
  expect([remembered.get('http://a'), remembered.get('http://b')]).toEqual(['3', '2'])
  expect(statSync(remembered.file).mode & 0o777).toBe(0o600)
})

it('forgets the collector that was used longest ago, after fifty', () => {
  const remembered = openIn('many')
  for (let port = 0; port < 51; port += 1) remembered.set(`http://127.0.0.1:${port}`, String(port))
  expect(remembered.get('http://127.0.0.1:0')).toBeUndefined()
  expect(remembered.get('http://127.0.0.1:50')).toBe('50')
  expect(Object.keys(JSON.parse(readFileSync(remembered.file, 'utf8')).networks)).toHaveLength(50)
})

it('lies where the environment says, by XDG, or in the home directory', () => {
  expect(openRememberedNetworks({ XDG_CONFIG_HOME: '/x' }).file).toBe('/x/mctrack/config.json')
  expect(openRememberedNetworks({ MCTRACK_CONFIG_DIR: '/m', XDG_CONFIG_HOME: '/x' }).file).toBe('/m/config.json')
  expect(openRememberedNetworks({}).file).toMatch(/\/\.config\/mctrack\/config\.json$/)
})

it.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['other JSON', '{"networks":{"http://a":1}}'],
  ['a list', '[]'],
])('says that its file holds %s, rather than losing it', (name, text) => {
  const remembered = openIn(name)
  mkdirSync(join(directory, name))
  writeFileSync(remembered.file, text)
  for (const use of [() => remembered.get('http://a'), () => remembered.set('http://a', '1')]) {
    expect(use).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('Mend it') }),
    )
  }
  expect(readFileSync(remembered.file, 'utf8')).toBe(text)
})

it('says what to do when the file cannot be written', () => {
  writeFileSync(join(directory, 'file'), '')
  expect(() => openIn('file/below').set('http://a', '1')).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining('--network') }),
  )
})
