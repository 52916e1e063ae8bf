import { describe, expect, it } from 'vitest'
import type { LiveCounts } from '../api/types.ts'
import { createClock } from '../format/clock.ts'
import { displayWidth } from '../terminal/display-width.ts'
import { createPalette } from '../terminal/palette.ts'
import { type LiveLayout, type LiveView, layoutLive } from './live-view.ts'
import { peaksOf } from './load-last-hour.ts'

const atMs = Date.parse('2026-11-21T12:00:00Z')
const counts: LiveCounts = {
  total: 17,
  byServer: { 'proxy-1': 12, 'lobby-東京': 5 },
  byGamemode: { hub: 5, survival: 4, bedwars: 4, skyblock: 4 },
  byPlatform: { java: 17 },
  byDevice: { '': 17 },
  byCountry: { DE: 17 },
  byDomain: { 'play.example.net': 17 },
  byVersion: { '1.21.11': 17 },
  peak: 18,
  serversConnected: 2,
  atMs,
}
const connected: LiveView = {
  networkName: 'Example Net',
  counts,
  lastHour: [0, 9, null, 18],
  link: { kind: 'connected', nowMs: atMs },
}

function layout(view: LiveView, size: Partial<Pick<LiveLayout, 'width' | 'height'>> = {}): readonly string[] {
  return layoutLive(view, {
    width: 80,
    height: undefined,
    clock: createClock('Europe/Berlin'),
    palette: createPalette(false),
    ...size,
  })
}

describe('the live screen', () => {
  it('shows the total, the last hour, and who is where', () => {
    expect(layout(connected)).toEqual([
      '  Example Net                                                     live  13:00:00',
      '',
      '  17 players online                     2 servers connected, peak 18 this minute',
      '',
      '  last hour  ▁▅ ██  peak 18',
      '',
      '  By server                                By game mode',
      '  proxy-1    12 ████████████████▎          hub       5 ███████▍',
      '  lobby-東京  5 ██████▊                    bedwars   4 █████▉',
      '                                           skyblock  4 █████▉',
      '                                           survival  4 █████▉',
    ])
  })

  it('has the breakdowns below each other on a narrow terminal', () => {
    expect(layout(connected, { width: 40 })).toEqual([
      '  Example Net             live  13:00:00',
      '',
      '  17 players online',
      '  2 servers connected, peak 18 this min…',
      '',
      '  last hour  ▁▅ ██  peak 18',
      '',
      '  By server',
      '  proxy-1    12 █████████████████',
      '  lobby-東京  5 ███████',
      '',
      '  By game mode',
      '  hub       5 ███████▋',
      '  bedwars   4 ██████▏',
      '  skyblock  4 ██████▏',
      '  survival  4 ██████▏',
    ])
  })

  it('sums up what finds no room, and gives a breakdown the rows that the other does not need', () => {
    expect(layout(connected, { height: 9 }).slice(7)).toEqual([
      '  proxy-1    12 ████████████████▎          hub  5 ████████▉',
      '  lobby-東京  5 ██████▊                    and 3 more with 12',
    ])
    expect(layout(connected, { width: 40, height: 15 }).slice(7)).toEqual([
      '  By server',
      '  proxy-1    12 █████████████████',
      '  lobby-東京  5 ███████',
      '',
      '  By game mode',
      '  hub      5 ████████',
      '  bedwars  4 ██████▍',
      '  and 2 more with 8',
    ])
  })

  it.each([1, 2, 3, 10, 20, 40, 63, 64, 66, 80, 100, 200])('fits %d columns in any height', (width) => {
    for (const height of [1, 2, 5, 8, 12, 24, undefined]) {
      const lines = layout(connected, { width, height })
      expect(lines.length).toBeLessThanOrEqual(height ?? 100)
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(Math.max(3, width))
    }
  })

  it('says that the connection is lost, and how old the numbers are', () => {
    const lines = layout({ ...connected, link: { kind: 'lost', message: 'Connection lost. Trying again in 2 s.' } })
    expect(lines[0]).toMatch(/numbers from 13:00:00$/)
    expect(lines[1]).toBe('  Connection lost. Trying again in 2 s.')
  })

  it('says when nobody is online, and when the last hour is not known', () => {
    const nobody = { ...counts, total: 0, byServer: {}, byGamemode: {}, peak: 0 }
    const text = layout({ ...connected, counts: nobody, lastHour: undefined }).join('\n')
    expect(text).toContain('0 players online')
    expect(text).toContain('not known yet')
    expect(text.match(/nobody/g)).toHaveLength(2)
  })

  it('calls an empty name unknown', () => {
    expect(layout({ ...connected, counts: { ...counts, byGamemode: { '': 17 } } }).join('\n')).toContain('unknown 17')
  })

  it('cannot be steered by a name', () => {
    const byServer = { 'a\u001b[2J\n': 17 }
    const lines = layout({ ...connected, networkName: 'Net\u001b]0;x\u0007', counts: { ...counts, byServer } })
    expect(lines.join('')).not.toContain('\u001b')
    expect(lines).toHaveLength(layout(connected).length)
  })
})

describe('the last hour', () => {
  const series = (peaks: Array<number | null>) => [{ value: '', players: peaks, peaks }]
  it('leaves out the minute that still runs, and keeps gaps', () => {
    expect(peaksOf({ atMs: [1, 2, 3], series: series([5, null, null]) })).toEqual([5, null])
    expect(peaksOf({ atMs: [1, 2, 3], series: series([5, null, 6]) })).toEqual([5, null, 6])
  })
  it('is unknown for a network that was never sampled', () => {
    expect(peaksOf({ atMs: [1, 2, 3], series: [] })).toEqual([null, null])
  })
})
