/** Repeatable chance: the same seed gives the same draws, on any machine. Not for secrets. */
export interface Random {
  /** In [0, 1). */
  next(): number
  isLucky(chance: number): boolean
  /** In [min, max). */
  between(min: number, max: number): number
  /** Whole, from 0 to `count` − 1. */
  index(count: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** An item by its weight; the weights need not sum up to anything. */
  weighted<Items extends readonly [Weighted, ...Weighted[]]>(items: Items): Items[number]
  normal(): number
  /** Half of the draws lie below the median; the larger `sigma`, the heavier the tail. */
  logNormal(median: number, sigma: number): number
}

interface Weighted {
  readonly weight: number
}

const RANGE = 2 ** 32

/**
 * Mixes two 32-bit numbers into one, also 32 bits and not negative. For one `seed`, different values never meet.
 * The finish is MurmurHash3's `fmix32` (public domain, Austin Appleby).
 */
export function mix(seed: number, value: number): number {
  let hash = seed ^ Math.imul(value, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** What `mix` gives, as a number in [0, 1). */
export function chanceOf(seed: number, value: number): number {
  return mix(seed, value) / RANGE
}

/** The item at a place in [0, 1) of a line on which each has as much room as it weighs. */
export function itemAt<Items extends readonly [unknown, ...unknown[]]>(
  items: Items,
  weightOf: (item: Items[number]) => number,
  place: number,
): Items[number] {
  let rest = place * items.reduce<number>((sum, item) => sum + weightOf(item), 0)
  for (const item of items) {
    rest -= weightOf(item)
    if (rest < 0) return item
  }
  return items[0]
}

/** A 32-bit seed from any text. */
export function seedOf(text: string): number {
  let seed = 0
  for (const character of text) seed = mix(seed, character.codePointAt(0) ?? 0)
  return seed
}

/** The generator is mulberry32 (public domain, Tommy Ettinger): 32 bits of state, ample for one player's day. */
export function createRandom(seed: number): Random {
  let state = seed | 0
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / RANGE
  }
  /** Box and Muller's transform. */
  function normal(): number {
    return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  }
  const index = (count: number): number => Math.floor(next() * count)
  return {
    next,
    normal,
    index,
    isLucky: (chance) => next() < chance,
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[index(items.length)] ?? items[0],
    weighted: (items) => itemAt(items, ({ weight }) => weight, next()),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
  }
}
