import { describe, expect, it } from 'vitest'
import type { PaletteItem, PaletteSource } from '../../app/app-sources.ts'
import { findInSources, type PaletteResults } from './find-in-sources.ts'

const item = (title: string): PaletteItem => ({ id: title, title, run: () => {} })
const PAGES: PaletteSource = { title: 'Pages', find: () => [item('Live'), item('Players')] }
const playersOf = (find: PaletteSource['find']): PaletteSource => ({ title: 'Players', searchesItself: true, find })

async function search(sources: readonly PaletteSource[], query: string, signal = new AbortController().signal) {
  const told: PaletteResults[] = []
  await findInSources(sources, query, { signal, onResults: (results) => told.push(results) })
  return told
}
const titles = (results: PaletteResults | undefined) =>
  results?.groups.map((group) => [group.title, ...group.items.map(({ title }) => title)])

describe('findInSources', () => {
  it('tells what is here before what has to be asked for', async () => {
    const told = await search([PAGES, playersOf(() => Promise.resolve([item('PlayMaker')]))], 'play')

    expect(titles(told[0])).toEqual([['Pages', 'Players']])
    expect(told[0]?.isSearching).toBe(true)
    expect(titles(told.at(-1))).toEqual([
      ['Pages', 'Players'],
      ['Players', 'PlayMaker'],
    ])
    expect(told.at(-1)).toMatchObject({ isSearching: false, failed: false })
  })

  it('asks the API for two letters or more', async () => {
    let asked = 0
    const players = playersOf(() => {
      asked += 1
      return []
    })
    await search([players], 'p')
    expect(asked).toBe(0)
    await search([players], 'pl')
    expect(asked).toBe(1)
  })

  it('goes on when a source fails, and says so', async () => {
    const told = await search([playersOf(() => Promise.reject(new Error('away'))), PAGES], 'live')

    expect(titles(told.at(-1))).toEqual([['Pages', 'Live']])
    expect(told.at(-1)?.failed).toBe(true)
  })

  it('tells nothing once the question was taken back', async () => {
    const abort = new AbortController()
    abort.abort()

    expect(await search([PAGES], 'live', abort.signal)).toEqual([])
  })
})
