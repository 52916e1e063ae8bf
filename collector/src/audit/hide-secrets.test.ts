import { expect, it } from 'vitest'
import { hideSecrets, hideSecretsOf } from './hide-secrets.ts'

const KEY = `mct_${'aB3dE6gH'.repeat(4)}`
const TOKEN = `mcto_${'Z_-9'.repeat(11).slice(0, 43)}`

it('hides keys and tokens wherever they stand', () => {
  expect(hideSecrets(KEY)).toBe('[hidden]')
  expect(hideSecrets(`key ${KEY}, token "${TOKEN}"`)).toBe('key [hidden], token "[hidden]"')
  expect(hideSecrets(KEY.slice(0, -1))).toBe('[hidden]')
})

it.each(['mct_short', 'mctrack_server', 'proxy-1', ''])('leaves the name %j', (name) => {
  expect(hideSecrets(name)).toBe(name)
})

it('hides them in every field, and leaves numbers and nothing alone', () => {
  expect(hideSecretsOf({ name: TOKEN, atMs: 5, gamemode: null })).toEqual({
    name: '[hidden]',
    atMs: 5,
    gamemode: null,
  })
  expect(hideSecretsOf(null)).toBeNull()
})
