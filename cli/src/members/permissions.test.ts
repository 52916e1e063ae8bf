import { expect, it } from 'vitest'
import { permissions } from './permissions.ts'

it('permissions come with commas or one by one, each once, and with that to see the network', () => {
  expect(permissions('export, players.view,export')).toEqual(['network.view', 'players.view', 'export'])
  expect(permissions('keys.manage', permissions('export'))).toEqual(['network.view', 'export', 'keys.manage'])
})

it.each(['', 'everything', 'export,', 'Export'])('%j is refused', (value) => {
  expect(() => permissions(value)).toThrow('It must be of: network.view')
})
