import { expect, it } from 'vitest'
import { type Happening, playVisits } from './happenings.ts'
import { buildNetwork } from './network.ts'

const HOUR_MS = 3_600_000
/** A Saturday evening in Europe. */
const FROM_MS = Date.UTC(2026, 9, 10, 18)
const network = buildNetwork({ seed: 'test', number: 0, players: 200, backends: 5, fromMs: FROM_MS })

function happeningsUntil(hours: number): readonly Happening[] {
  const happenings: Happening[] = []
  for (const happening of playVisits(network)) {
    if (happening.atMs >= FROM_MS + hours * HOUR_MS) break
    happenings.push(happening)
  }
  return happenings
}

const hours = happeningsUntil(24)

it('begins with a believable number of players, who all join at once', () => {
  const joins = hours.filter(({ kind, atMs }) => kind === 'join' && atMs === FROM_MS)
  expect(joins.length).toBeGreaterThan(140)
  expect(joins.length).toBeLessThan(260)
  const backends = new Set(joins.map((join) => (join.kind === 'join' ? join.backend : '')))
  expect(backends.size).toBeGreaterThan(3)
})

it('gives everything in the order of time, the same for the same seed', () => {
  const times = hours.map(({ atMs }) => atMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(happeningsUntil(2)).toEqual(hours.filter(({ atMs }) => atMs < FROM_MS + 2 * HOUR_MS))
})

it('has every player join, then play, then leave', () => {
  const open = new Set<unknown>()
  for (const happening of hours) {
    if (!('visit' in happening)) continue
    expect(open.has(happening.visit)).toBe(happening.kind !== 'join')
    if (happening.kind === 'join') open.add(happening.visit)
    if (happening.kind === 'leave') open.delete(happening.visit)
  }
})

it('never has a player on two backends, nor switches one to where they are', () => {
  const backends = new Map<unknown, string>()
  for (const happening of hours) {
    if (happening.kind !== 'join' && happening.kind !== 'switch') continue
    expect(happening.backend).not.toBe(backends.get(happening.visit))
    backends.set(happening.visit, happening.backend)
  }
})

it('leaves nobody on a backend that crashed, and brings it back', () => {
  const down: string[] = []
  const place = new Map<unknown, string>()
  const week = happeningsUntil(7 * 24)
  for (const happening of week) {
    if (happening.kind === 'join' || happening.kind === 'switch') place.set(happening.visit, happening.backend)
    else if (happening.kind === 'leave') place.delete(happening.visit)
    else if (happening.kind === 'backend-down') down.push(happening.backend)
    else if (happening.kind === 'backend-up') {
      expect(Array.from(place.values())).not.toContain(happening.backend)
    }
  }
  expect(down.length).toBeGreaterThan(0)
  expect(down).not.toContain('lobby')
})
