/** What a player is counted under. Every player counts once in each, so each adds up to the total. */
export const DIMENSIONS = ['server', 'gamemode', 'platform', 'device', 'country', 'domain', 'version'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** The values of one player; '' is unknown. */
export type DimensionValues = { readonly [Name in Dimension]: string }

/** Players online of one network. */
export interface Counts {
  total(): number
  /** Players by value; values without players are not in it. */
  by(dimension: Dimension): ReadonlyMap<string, number>
  /** The largest total, and the largest number of each value, since `resetPeaks`. */
  peak(): number
  peakOf(dimension: Dimension, value: string): number
  /** Values that had players at any time since `resetPeaks`. */
  peakValues(dimension: Dimension): Iterable<string>
  resetPeaks(): void
  /** Grows with every change. */
  version(): number
}

export interface MutableCounts extends Counts {
  add(values: DimensionValues): void
  remove(values: DimensionValues): void
  /** A counted player changed; only what differs is touched. */
  change(from: DimensionValues, to: DimensionValues): void
}

interface Tally {
  readonly players: Map<string, number>
  readonly peaks: Map<string, number>
}

/** Constant work a change, whatever the number of players. */
export function createCounts(): MutableCounts {
  const tallies = new Map<Dimension, Tally>(DIMENSIONS.map((name) => [name, { players: new Map(), peaks: new Map() }]))
  let total = 0
  let peak = 0
  let version = 0

  function tally(dimension: Dimension): Tally {
    const found = tallies.get(dimension)
    if (found === undefined) throw new Error(`no such dimension: ${dimension}`)
    return found
  }

  function shift(dimension: Dimension, value: string, by: 1 | -1): void {
    const { players, peaks } = tally(dimension)
    const next = (players.get(value) ?? 0) + by
    if (next < 0) throw new Error(`fewer than no players for ${dimension}`)
    if (next === 0) players.delete(value)
    else players.set(value, next)
    if (next > (peaks.get(value) ?? 0)) peaks.set(value, next)
  }

  return {
    add(values) {
      for (const dimension of DIMENSIONS) shift(dimension, values[dimension], 1)
      total += 1
      peak = Math.max(peak, total)
      version += 1
    },
    remove(values) {
      for (const dimension of DIMENSIONS) shift(dimension, values[dimension], -1)
      total -= 1
      version += 1
    },
    change(from, to) {
      for (const dimension of DIMENSIONS) {
        if (from[dimension] === to[dimension]) continue
        shift(dimension, from[dimension], -1)
        shift(dimension, to[dimension], 1)
        version += 1
      }
    },
    total: () => total,
    by: (dimension) => tally(dimension).players,
    peak: () => peak,
    peakOf: (dimension, value) => tally(dimension).peaks.get(value) ?? 0,
    peakValues: (dimension) => tally(dimension).peaks.keys(),
    resetPeaks() {
      peak = total
      for (const { players, peaks } of tallies.values()) {
        peaks.clear()
        for (const [value, count] of players) peaks.set(value, count)
      }
    },
    version: () => version,
  }
}
