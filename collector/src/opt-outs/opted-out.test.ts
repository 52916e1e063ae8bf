import { parseUuid } from '@mctrack/sdk/protocol'
import { expect, it } from 'vitest'
import { createOptedOut } from './opted-out.ts'

const NOTCH = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const JEB = '853c80ef-3c37-49fd-aa49-938b674adae6'
const idOf = (uuid: string): Uint8Array => parseUuid(uuid) ?? new Uint8Array(16)
const numbered = (number: number): Uint8Array => {
  const id = Buffer.alloc(16)
  id.writeUInt32BE(number)
  return id
}

it('knows its players, and is not misled by where an id stands in its bytes', () => {
  const optedOut = createOptedOut([NOTCH], new Set())
  const frame = Buffer.concat([Buffer.from([1, 2, 3]), idOf(NOTCH), idOf(JEB)])
  expect(optedOut.hasPlayer(frame.subarray(3, 19))).toBe(true)
  expect(optedOut.hasPlayer(frame.subarray(19, 35))).toBe(false)
})

it.each([
  [
    'its bytes',
    Buffer.concat([Buffer.from([0x93, 0xc4, 0x10]), idOf(JEB), Buffer.from([0xc4, 0x10]), idOf(NOTCH)]),
    true,
  ],
  ['the id behind other digits', Buffer.from(`"abc${NOTCH.replaceAll('-', '')}"`), true],
  ['the id with hyphens', Buffer.from(`{"uuid":"${NOTCH.toUpperCase()}"}`), true],
  ['the id without', Buffer.from(`{"uuid":"${NOTCH.replaceAll('-', '')}"}`), true],
  ['the id of somebody else', Buffer.from(`{"uuid":"${JEB}"}`), false],
  ['nothing', Buffer.alloc(0), false],
  ['bytes that end too soon', Buffer.concat([Buffer.from([0xc4, 0x10]), idOf(NOTCH).subarray(0, 15)]), false],
])('finds who is named by %s', (_what, bytes, isNamed) => {
  expect(createOptedOut([NOTCH], new Set()).isNamedIn(bytes)).toBe(isNamed)
})

it('remembers the last twenty thousand sessions, also when the list of players changes', () => {
  const sessions = new Set<string>()
  const before = createOptedOut([NOTCH], sessions)
  for (let number = 0; number <= 20_000; number++) before.noteSession(numbered(number))
  const after = createOptedOut([NOTCH, JEB], sessions)
  expect(after.hasSession(numbered(0))).toBe(false)
  expect(after.hasSession(numbered(1))).toBe(true)
  expect(after.hasSession(numbered(20_000))).toBe(true)
})
