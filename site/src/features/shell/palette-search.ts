import type { PaletteItem } from '../../app/app-sources.ts'

/** More is not a choice but a list. */
const RESULTS_MAX = 8

/** The items whose title holds every word of the query, best first: at its beginning, at a word's, anywhere. */
export function searchItems(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return items
    .map((item, index) => ({ item, index, score: scoreOf(fold(`${item.title} ${item.hint ?? ''}`), words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, RESULTS_MAX)
    .map(({ item }) => item)
}

function scoreOf(text: string, words: readonly string[]): number {
  let score = 1
  for (const word of words) {
    const at = text.indexOf(word)
    if (at === -1) return 0
    score += at === 0 ? 3 : /[\s_./·-]/.test(text[at - 1] ?? '') ? 2 : 1
  }
  return score
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
