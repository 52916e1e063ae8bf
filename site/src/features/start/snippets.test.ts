import { expect, it } from 'vitest'
import { socketAddress, writeSnippets } from './snippets.ts'

it('writes what one connects with, with the key and the address of this site', () => {
  const { sdk, http, bridge } = writeSnippets({ origin: 'https://mctrack.example.net', key: 'mct_abc' })

  expect(sdk).toContain("key: 'mct_abc'")
  expect(sdk).toContain("endpoint: 'wss://mctrack.example.net'")
  expect(http).toContain('https://mctrack.example.net/v1/ingest/session/start')
  expect(bridge).toBe('endpoint: wss://mctrack.example.net\nkey: mct_abc')
})

it('says where the key goes when it is not shown any more', () => {
  expect(writeSnippets({ origin: 'http://127.0.0.1:4000' }).bridge).toBe('endpoint: ws://127.0.0.1:4000\nkey: mct_…')
  expect(socketAddress('http://127.0.0.1:4000')).toBe('ws://127.0.0.1:4000')
})
