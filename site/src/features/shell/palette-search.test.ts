import { expect, it } from 'vitest'
import type { PaletteItem } from '../../app/app-sources.ts'
import { searchItems } from './palette-search.ts'

const items = ['Live', 'Players', 'Ingest health', 'play.axolotl.gg', 'Displays', 'Zoë'].map(
  (title): PaletteItem => ({ id: title, title, run: () => {} }),
)
const search = (query: string): readonly string[] => searchItems(items, query).map(({ title }) => title)

it.each([
  ['', ['Live', 'Players', 'Ingest health', 'play.axolotl.gg', 'Displays', 'Zoë']],
  ['play', ['Players', 'play.axolotl.gg', 'Displays']],
  ['PLAY', ['Players', 'play.axolotl.gg', 'Displays']],
  ['health ingest', ['Ingest health']],
  ['axol', ['play.axolotl.gg']],
  ['zoe', ['Zoë']],
  ['.*', []],
  ['nobody', []],
])('finds for %j: %j', (query, titles) => {
  expect(search(query)).toEqual(titles)
})

it('shows no more than a choice', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, title: `player ${index}`, run: () => {} }))

  expect(searchItems(many, 'player')).toHaveLength(8)
})
