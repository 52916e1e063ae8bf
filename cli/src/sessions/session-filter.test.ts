import { describe, expect, it } from 'vitest'
import { toSessionQuery } from './session-filter.ts'

const at = { nowMs: Date.parse('2026-11-21T12:00:00Z'), timeZone: 'Europe/Berlin' }

describe('flags that choose sessions', () => {
  it('are the query of the API, in its spelling', () => {
    expect(
      toSessionQuery({ domain: 'Play.Example.NET', country: 'de', clientVersion: '1.21.11', secondary: true }, at),
    ).toEqual({ domain: 'play.example.net', country: 'DE', version: '1.21.11', secondary: 'include' })
    expect([toSessionQuery({ open: true }, at), toSessionQuery({ ended: true }, at)]).toEqual([
      { open: 'true' },
      { open: 'false' },
    ])
  })
  it('tell a UUID from a part of a name', () => {
    const uuid = '069A79F4-44E9-4726-A5BE-FCA90E38AAF5'
    const query = { player: uuid.toLowerCase() }
    expect(toSessionQuery({ player: uuid }, at)).toEqual(query)
    expect(toSessionQuery({ player: uuid.replaceAll('-', '') }, at)).toEqual(query)
    expect(toSessionQuery({ player: 'Notch' }, at)).toEqual({ name: 'Notch' })
  })
  it('read instants in the time zone of the network', () => {
    expect(toSessionQuery({ from: '2026-11-21', to: '1h' }, at)).toEqual({
      fromMs: String(Date.parse('2026-11-20T23:00:00Z')),
      toMs: String(Date.parse('2026-11-21T11:00:00Z')),
    })
  })
  it.each([
    [{ from: 'yesterday' }, /^--from must be an instant .* but is "yesterday"/],
    [{ to: '' }, /^--to must be an instant/],
    [{ from: '1h', to: '2h' }, /^--from must lie before --to/],
  ])('are refused: %j', (options, message) => {
    expect(() => toSessionQuery(options, at)).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) }),
    )
  })
})
