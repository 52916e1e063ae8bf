/** Changes come from people, so the second attempt is mostly the last. */
const ATTEMPTS_MAX = 5

/** What is held in memory of a database that others change too. */
export interface Refresh {
  /** Reads everything again, and resolves once what is held is at least as new as this call. */
  refresh(): Promise<void>
  /** What is held was changed here, and in the database: a reading that began before says less. */
  changed(): void
}

/**
 * Readings may overtake each other and changes of our own; what is older than what is held never replaces it. Else a key
 * that was just revoked could be valid again.
 */
export function createRefresh<Loaded>(load: () => Promise<Loaded>, hold: (loaded: Loaded) => void): Refresh {
  let begun = 0
  let held = 0
  let changes = 0
  return {
    async refresh() {
      for (let attempt = 1; ; attempt++) {
        begun += 1
        const number = begun
        const changesBefore = changes
        const loaded = await load()
        if (number < held) return
        if (changes !== changesBefore && attempt < ATTEMPTS_MAX) continue
        held = number
        return hold(loaded)
      }
    },
    changed() {
      changes += 1
    },
  }
}
