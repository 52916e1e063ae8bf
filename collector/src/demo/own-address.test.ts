import { expect, it } from 'vitest'
import { ownAddress } from './own-address.ts'

it.each([
  ['127.0.0.1', 'ws://127.0.0.1:4000'],
  ['0.0.0.0', 'ws://127.0.0.1:4000'],
  ['::', 'ws://[::1]:4000'],
  ['fd00::5', 'ws://[fd00::5]:4000'],
  ['collector.example', 'ws://collector.example:4000'],
])('finds a collector that listens on %s at %s', (host, address) => {
  expect(ownAddress(host, 4_000)).toBe(address)
})
