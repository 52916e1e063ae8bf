/** One day of an invented network, for the picture on the landing page: the same at every build. */
export interface InventedDay {
  /** Players at every ten minutes; null where no server reported. */
  readonly today: readonly (number | null)[]
  readonly lastWeek: readonly number[]
  /** At the end of the day. */
  readonly now: number
  readonly peak: { readonly at: number; readonly players: number }
  /** Steps without data: from the first to the last. */
  readonly gap: readonly [from: number, to: number]
}

const STEPS = 144
const GAP: readonly [number, number] = [48, 50]

/** A night valley, an evening peak, and noise that is no pattern. */
export function inventDay(): InventedDay {
  const next = createNoise(7)
  const shape = (step: number): number => {
    const hour = (20 + (step / STEPS) * 24) % 24
    const evening = Math.exp(-(((hour - 18 + (hour < 6 ? 24 : 0)) / 5.4) ** 2))
    return 160 + 1_120 * evening
  }
  const lastWeek = Array.from({ length: STEPS }, (_, step) => Math.round(shape(step) * 0.88 + next() * 18))
  const whole = Array.from({ length: STEPS }, (_, step) => Math.round(shape(step) + next() * 26))
  const players = Math.max(...whole.slice(STEPS / 2))
  return {
    today: whole.map((value, step) => (step >= GAP[0] && step <= GAP[1] ? null : value)),
    lastWeek,
    now: whole.at(-1) ?? 0,
    peak: { at: whole.lastIndexOf(players), players },
    gap: GAP,
  }
}

/** Numbers from −1 to 1 (a linear congruential generator, the constants of Numerical Recipes). */
function createNoise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32) * 2 - 1
  }
}
