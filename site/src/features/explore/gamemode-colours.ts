/** A number and a colour for each game mode: the number says the same as the colour. */
export interface GamemodeKey {
  readonly gamemode: string
  /** From 1; what has none is told by its name alone. */
  readonly number: number
  /** A CSS colour. */
  readonly colour: string
}

/** There are eight chart colours; what is beyond shares a quiet one. */
const COLOURS_MAX = 8

/** Numbers and colours of game modes in an order, each once. */
export function gamemodeKeys(gamemodes: readonly string[]): ReadonlyMap<string, GamemodeKey> {
  return new Map(
    [...new Set(gamemodes)].map((gamemode, index) => {
      const number = index + 1
      const colour = number <= COLOURS_MAX ? `var(--chart-${number})` : 'var(--muted)'
      return [gamemode, { gamemode, number, colour }]
    }),
  )
}
