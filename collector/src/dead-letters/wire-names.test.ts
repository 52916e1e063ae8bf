import { readFileSync } from 'node:fs'
import { decode } from '@mctrack/sdk/protocol'
import { describe, expect, it } from 'vitest'
import { nameFields, unnameFields } from './wire-names.ts'

const fixtures = ['batch-sessions', 'batch-telemetry']

function eventsOf(fixture: string): unknown[][] {
  const path = new URL(`../../../sdk/fixtures/frames/${fixture}.bin`, import.meta.url)
  return (decode(readFileSync(path)) as unknown[])[5] as unknown[][]
}

/** Binary as text, addresses emptied: what must be the same after both ways. */
function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (value === '203.0.113.7') return ''
  if (Array.isArray(value)) return value.map(comparable)
  return value
}

describe.each(fixtures)('the events of %s', (fixture) => {
  it('are named without their address', () => {
    const named = eventsOf(fixture).map(nameFields)
    expect(named.every((event) => event !== undefined)).toBe(true)
    expect(JSON.stringify(named)).not.toContain('203.0.113.7')
  })

  it('become the same events again, but for the address', () => {
    for (const event of eventsOf(fixture)) {
      const named = nameFields(event)
      expect(named && comparable(unnameFields(named))).toEqual(comparable(event))
    }
  })
})

it('reads well', () => {
  expect(nameFields(eventsOf('batch-sessions')[1])).toMatchObject({
    type: 'gamemode_switch',
    session: { playerName: 'Notch', playerId: '069a79f4-44e9-4726-a5be-fca90e38aaf5' },
    ended: { backend: 'lobby' },
    begun: { ordinal: 1, backend: 'survival' },
  })
})

it.each([[[99, 1]], [[]], ['text'], [null], [{ type: 1 }]])('does not know %j', (event) => {
  expect(nameFields(event)).toBeUndefined()
})

it('bears fields of other kinds', () => {
  expect(nameFields([1, 'no session', new Uint8Array(100)])).toMatchObject({
    type: 'session_start',
    session: 'no session',
  })
  expect(unnameFields({ type: 'nothing' })).toBeUndefined()
})
