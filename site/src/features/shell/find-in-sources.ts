import type { PaletteItem, PaletteSource } from '../../app/app-sources.ts'
import { searchItems } from './palette-search.ts'

/** What one source found. */
export interface PaletteGroup {
  readonly title: string
  readonly items: readonly PaletteItem[]
}

/** What was found so far, in the order of the sources; `failed` when a source could not be asked. */
export interface PaletteResults {
  readonly groups: readonly PaletteGroup[]
  readonly isSearching: boolean
  readonly failed: boolean
}

/** Sources that ask the API are asked from here on: one letter finds everything. */
const QUERY_CHARS_MIN = 2
const RESULTS_MAX = 8

/**
 * Asks every source, and tells what is there whenever one has answered: what is found here does not wait for what is
 * found there. A source that fails is left out and said so.
 */
export async function findInSources(
  sources: readonly PaletteSource[],
  query: string,
  { signal, onResults }: { readonly signal: AbortSignal; readonly onResults: (results: PaletteResults) => void },
): Promise<void> {
  const found = new Map<PaletteSource, readonly PaletteItem[]>()
  const asked = sources.filter((source) => source.searchesItself !== true || query.trim().length >= QUERY_CHARS_MIN)
  let waiting = asked.length
  let failed = false

  function tell(): void {
    if (signal.aborted) return
    const groups = asked.flatMap((source) => {
      const items = found.get(source) ?? []
      return items.length === 0 ? [] : [{ title: source.title, items }]
    })
    onResults({ groups, isSearching: waiting > 0, failed })
  }
  async function ask(source: PaletteSource): Promise<void> {
    try {
      const answer = source.find(query, signal)
      const items = answer instanceof Promise ? await answer : answer
      found.set(source, source.searchesItself === true ? items.slice(0, RESULTS_MAX) : searchItems(items, query))
    } catch {
      failed = true // The others may have found it.
    }
    waiting -= 1
    tell()
  }
  if (asked.length === 0) tell()
  await Promise.all(asked.map(ask))
}
