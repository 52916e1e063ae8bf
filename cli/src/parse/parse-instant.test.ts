import { expect, it } from 'vitest'
import { parseInstant } from './parse-instant.ts'

const nowMs = Date.parse('2026-11-21T12:00:00Z')
const berlin = { nowMs, timeZone: 'Europe/Berlin' }

it.each([
  ['2h', '2026-11-21T10:00:00.000Z'],
  ['2026-11-21', '2026-11-20T23:00:00.000Z'],
  ['2026-11-21 18:30', '2026-11-21T17:30:00.000Z'],
  ['2026-11-21T18:30:15', '2026-11-21T17:30:15.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ['2026-11-21T18:30Z', '2026-11-21T18:30:00.000Z'],
  ['2026-11-21T18:30:00.250+05:30', '2026-11-21T13:00:00.250Z'],
])('reads %s in Berlin as %s', (text, iso) => {
  const atMs = parseInstant(text, berlin)
  expect(atMs === undefined ? undefined : new Date(atMs).toISOString()).toBe(iso)
})

it('reads midnight on both sides of a change of the clocks', () => {
  const at = (text: string) => new Date(parseInstant(text, berlin) ?? Number.NaN).toISOString()
  expect([at('2026-03-29'), at('2026-03-30')]).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
  expect([at('2026-10-25'), at('2026-10-26')]).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
})

it('knows zones with offsets of half an hour, and west of Greenwich', () => {
  const at = (timeZone: string) => parseInstant('2026-11-21', { nowMs, timeZone })
  expect(at('Asia/Kolkata')).toBe(Date.parse('2026-11-20T18:30:00Z'))
  expect(at('America/St_Johns')).toBe(Date.parse('2026-11-21T03:30:00Z'))
})

it('does not go before 1970', () => {
  expect(parseInstant('99999w', berlin)).toBe(0)
})

it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-21 24:00', '2026-11-21 10:60', '21.11.2026', '12:00'])(
  'does not take %j for an instant',
  (text) => {
    expect(parseInstant(text, berlin)).toBeUndefined()
  },
)
