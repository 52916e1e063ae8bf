import { expect, it } from 'vitest'
import { createKeyStates } from './key-states.ts'

it('follows a key from its first refusal to its first player', () => {
  const states = createKeyStates()
  const seen: unknown[] = []
  const stop = states.watch('a', () => seen.push(states.of('a')))
  states.noteRefusal('a', { code: 'CLOCK_OFF', atMs: 1 })
  states.noteHello('a', 2, 30)
  states.noteEvent('a', 3)
  states.noteEvent('a', 4)
  states.notePlayer('a', 5)
  states.notePlayer('a', 6)
  expect(seen).toHaveLength(4)
  expect(states.of('a')).toEqual({
    connections: 1,
    lastHelloAtMs: 2,
    firstEventAtMs: 3,
    firstPlayerAtMs: 5,
    lastRefusal: { code: 'CLOCK_OFF', message: expect.stringContaining('clock'), atMs: 1 },
    clockOffsetMs: 30,
  })
  stop()
  states.noteClosed('a')
  states.noteClosed('a')
  expect(seen).toHaveLength(4)
  expect(states.of('a').connections).toBe(0)
})

it('knows nothing of a key that it never met', () => {
  const states = createKeyStates()
  states.noteHello('a', 1, 0)
  expect(states.of('b')).toMatchObject({ connections: 0, lastHelloAtMs: null, lastRefusal: null })
})
