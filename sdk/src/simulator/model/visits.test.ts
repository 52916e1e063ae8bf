import { describe, expect, it } from 'vitest'
import { LOYALTIES } from './loyalty.ts'
import { buildNetwork, type NetworkOptions } from './network.ts'
import type { Visit } from './visit.ts'
import { planVisits } from './visits.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** A Monday, at midnight UTC. */
const FROM_MS = Date.UTC(2026, 9, 5)

function visitsOf(days: number, options: Partial<NetworkOptions> = {}): readonly Visit[] {
  const network = buildNetwork({ seed: 'test', number: 0, players: 100, backends: 5, fromMs: FROM_MS, ...options })
  const visits: Visit[] = []
  for (const visit of planVisits(network)) {
    if (visit.startedAtMs >= network.fromMs + days * DAY_MS) return visits
    visits.push(visit)
  }
  return visits
}

function onlineAt(visits: readonly Visit[], atMs: number): number {
  return visits.filter(({ startedAtMs, endedAtMs }) => startedAtMs <= atMs && atMs < endedAtMs).length
}

const week = visitsOf(7)

// Weeks of hundreds of players are a lot of computing on a machine that is busy otherwise.
describe('planVisits', { timeout: 60_000 }, () => {
  it('gives the same for the same seed', () => {
    expect(visitsOf(1)).toEqual(visitsOf(1))
  })

  it('gives other players for another seed, and for another network of the same seed', () => {
    const players = (visits: readonly Visit[]): Set<string> => new Set(visits.map(({ player }) => player.uuid))
    const [one, other, second] = [visitsOf(1), visitsOf(1, { seed: 'other' }), visitsOf(1, { number: 1 })].map(players)
    expect(Array.from(one ?? []).filter((uuid) => other?.has(uuid))).toEqual([])
    expect(Array.from(one ?? []).filter((uuid) => second?.has(uuid))).toEqual([])
  })

  it('agrees with a simulation that began earlier on who is there', () => {
    const later = visitsOf(1, { fromMs: FROM_MS + 3 * DAY_MS + 5 * HOUR_MS })
    const sameTime = visitsOf(6).filter(
      ({ startedAtMs, endedAtMs }) =>
        endedAtMs > FROM_MS + 3 * DAY_MS + 5 * HOUR_MS && startedAtMs < FROM_MS + 4 * DAY_MS + 5 * HOUR_MS,
    )
    expect(later.map(({ player, startedAtMs }) => [player.uuid, startedAtMs])).toEqual(
      sameTime.map(({ player, startedAtMs }) => [player.uuid, startedAtMs]),
    )
  })

  it('gives visits in the order in which they begin, and begins with those that last', () => {
    const starts = week.map(({ startedAtMs }) => startedAtMs)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(starts[0]).toBeLessThan(FROM_MS)
    expect(Math.min(...week.map(({ endedAtMs }) => endedAtMs))).toBeGreaterThan(FROM_MS)
  })

  it('plans visits that end after they begin, with steps in order and inside', () => {
    for (const { startedAtMs, endedAtMs, steps } of week) {
      const moments = [startedAtMs, ...steps.map(({ atMs }) => atMs), endedAtMs]
      const isInOrder = moments.every((atMs, place) => place === 0 || atMs >= (moments[place - 1] ?? 0))
      const isInside = steps.every(({ atMs }) => atMs > startedAtMs && atMs < endedAtMs)
      const isWhole = moments.every(Number.isSafeInteger)
      expect({ isInOrder, isInside, isWhole, isLasting: endedAtMs > startedAtMs }).toEqual({
        isInOrder: true,
        isInside: true,
        isWhole: true,
        isLasting: true,
      })
    }
  })

  it('never switches a player to where they are', () => {
    for (const { backend, steps } of week) {
      const backends = [backend, ...steps.flatMap((step) => (step.kind === 'switch' ? [step.backend] : []))]
      expect(backends.every((name, place) => place === 0 || name !== backends[place - 1])).toBe(true)
    }
  })

  it('has nobody on the network twice at once', () => {
    const lastEnd = new Map<string, number>()
    for (const { player, startedAtMs, endedAtMs } of week) {
      expect(startedAtMs).toBeGreaterThan(lastEnd.get(player.uuid) ?? 0)
      lastEnd.set(player.uuid, endedAtMs)
    }
  })

  it('has players come back, and new ones come', () => {
    const byPlayer = Map.groupBy(week, ({ player }) => player.uuid)
    const returning = Array.from(byPlayer.values()).filter((visits) => visits.length > 1)
    expect(returning.length / byPlayer.size).toBeGreaterThan(0.3)
    expect(returning.length / byPlayer.size).toBeLessThan(0.9)
    expect(LOYALTIES.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })

  it.each([50, 400])('has about %i players online at the best hour of a usual week', (players) => {
    const visits = visitsOf(7, { players })
    const hours = Array.from({ length: 7 * 24 }, (_, hour) => onlineAt(visits, FROM_MS + hour * HOUR_MS))
    const peak = Math.max(...hours)
    expect(peak).toBeGreaterThan(players * 0.75)
    expect(peak).toBeLessThan(players * 1.3)
  })

  it('is busy in the evening and empty in the night of where it is at home', () => {
    for (let day = 0; day < 7; day++) {
      const evening = onlineAt(week, FROM_MS + day * DAY_MS + 18 * HOUR_MS)
      const night = onlineAt(week, FROM_MS + day * DAY_MS + 3 * HOUR_MS)
      expect(evening).toBeGreaterThan(2.5 * night)
    }
  })

  it('is busier on a weekend than on a Wednesday', () => {
    const hoursOn = (day: number): number =>
      Array.from({ length: 24 }, (_, hour) => onlineAt(week, FROM_MS + day * DAY_MS + hour * HOUR_MS)).reduce(
        (sum, online) => sum + online,
        0,
      )
    expect(hoursOn(5)).toBeGreaterThan(1.15 * hoursOn(2))
    expect(hoursOn(6)).toBeGreaterThan(1.15 * hoursOn(2))
  })

  it('has lengths with a heavy tail, all reasons to leave, both platforms and several host names', () => {
    const minutes = week.map(({ startedAtMs, endedAtMs }) => (endedAtMs - startedAtMs) / 60_000).sort((a, b) => a - b)
    const at = (share: number): number => minutes[Math.floor(share * minutes.length)] ?? 0
    expect(at(0.5)).toBeGreaterThan(15)
    expect(at(0.95)).toBeGreaterThan(4 * at(0.5))
    expect(new Set(week.map(({ reason }) => reason))).toEqual(new Set(['quit', 'kick', 'timeout', 'crash']))
    expect(new Set(week.map(({ player }) => player.platform))).toEqual(new Set(['java', 'bedrock']))
    const domains = new Set(week.map(({ domain }) => domain))
    expect(domains).toContain('play.craftland.example')
    expect(Array.from(domains).some((domain) => domain.endsWith('.promo.craftland.example'))).toBe(true)
  })
})
