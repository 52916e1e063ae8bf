import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zonedDate } from '../format/zoned-time.ts'
import { APP_PAGES, formatLocation, parseLocation } from './app-location.ts'
import {
  type AppState,
  COMPARISONS,
  changeAppState,
  DEFAULT_STATE,
  formatAppState,
  parseAppState,
  toggleTable,
} from './app-state.ts'
import { DIMENSIONS, type Filter, normalizeFilters, OPERATORS, toggleFilter } from './filters.ts'
import { RANGE_PRESETS, type Range } from './range.ts'

const parse = (search: string): AppState => parseAppState(new URLSearchParams(search))
const anyWord = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/)
const anyId = fc.stringMatching(/^[\w-]{1,64}$/)
const anyText = fc.string({ unit: 'grapheme', maxLength: 40 })
const anyInstant = fc.integer({ min: 0, max: 253_402_300_799_999 })
const anyDate = fc.integer({ min: 0, max: Date.UTC(9999, 0) }).map((atMs) => zonedDate(atMs, 'UTC'))
const anyRange: fc.Arbitrary<Range> = fc.oneof(
  fc.constantFrom(...RANGE_PRESETS).map((preset) => ({ kind: 'preset' as const, preset })),
  fc
    .tuple(anyInstant, anyInstant)
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .filter(([fromMs, toMs]) => toMs - fromMs >= 1_000)
    .map(([fromMs, toMs]) => ({ kind: 'span' as const, fromMs, toMs })),
  fc
    .tuple(anyDate, anyDate)
    .map((dates) => dates.sort((a, b) => Date.UTC(a.year, a.month, a.day) - Date.UTC(b.year, b.month, b.day)))
    .map(([from, to]) => ({ kind: 'days' as const, from, to })),
)
const anyFilter: fc.Arbitrary<Filter> = fc.record({
  dimension: fc.constantFrom(...DIMENSIONS),
  operator: fc.constantFrom(...OPERATORS),
  values: fc.array(anyText, { minLength: 1, maxLength: 5 }),
})
const anyState: fc.Arbitrary<AppState> = fc.record({
  network: fc.option(anyId, { nil: undefined }),
  range: anyRange,
  compare: fc.constantFrom(...COMPARISONS),
  filters: fc.array(anyFilter, { maxLength: 3 }).map(normalizeFilters),
  search: anyText,
  sort: fc.option(
    fc.record({ column: anyWord, direction: fc.constantFrom('ascending' as const, 'descending' as const) }),
    { nil: undefined },
  ),
  cursor: fc.option(fc.stringMatching(/^[\w.~=-]{1,100}$/), { nil: undefined }),
  open: fc.option(anyId, { nil: undefined }),
  tab: fc.option(anyWord, { nil: undefined }),
  tables: fc.uniqueArray(anyWord, { maxLength: 4 }).map((tables) => tables.sort()),
})

// Many examples, on machines that may be busy.
describe('the state in the URL', { timeout: 30_000 }, () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(parse(formatAppState(state).toString())).toEqual(state)
      }),
    )
  })

  it('is written in one way only', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const once = formatAppState(state).toString()
        expect(formatAppState(parse(once)).toString()).toBe(once)
        const shuffled = new URLSearchParams([...new URLSearchParams(once)].reverse())
        expect(formatAppState(parseAppState(shuffled)).toString()).toBe(once)
      }),
    )
  })

  it('takes anything, and what makes no sense is the default', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (search) => {
        const state = parse(search)
        expect(parse(formatAppState(state).toString())).toEqual(state)
      }),
    )
    const names = fc.constantFrom(
      'range',
      'compare',
      'sort',
      'cursor',
      'open',
      'tab',
      'table',
      'network',
      'q',
      'platform',
      'domain.not',
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 60 })), { maxLength: 8 }),
        (pairs) => {
          const state = parseAppState(new URLSearchParams(pairs))
          expect(parse(formatAppState(state).toString())).toEqual(state)
        },
      ),
    )
  })

  it('leaves out what is the default', () => {
    expect(formatAppState(DEFAULT_STATE).toString()).toBe('')
    expect(parse('')).toEqual(DEFAULT_STATE)
  })

  it.each([
    'range=forever',
    'range=2026-11-20..2026-11-01',
    'range=5..4',
    'range=1..2..3',
    'range=2026-11-01..1763740800000',
    'compare=everything',
    'sort=-',
    'sort=a%20b',
    'cursor=<script>',
    'open=..',
    'open=.',
    'open=a%0Ab',
    `platform=${'x'.repeat(300)}`,
    'network=%00',
    'table=%3Cb%3E',
    'unknown=1',
  ])('ignores %s', (search) => {
    expect(parse(search)).toEqual(DEFAULT_STATE)
  })

  it('reads as a person would write it', () => {
    const search = 'network=axolotl&range=7d&platform=java&domain.not=axolotl.gg&q=siri&sort=-started'

    expect(parse(search)).toMatchObject({
      network: 'axolotl',
      range: { kind: 'preset', preset: '7d' },
      filters: [
        { dimension: 'platform', operator: 'is', values: ['java'] },
        { dimension: 'domain', operator: 'not', values: ['axolotl.gg'] },
      ],
      search: 'siri',
      sort: { column: 'started', direction: 'descending' },
    })
    expect(formatAppState(parse(search)).toString()).toBe(search)
  })
})

describe('changes', () => {
  it('begin a changed list at its first page', () => {
    const state = parse('cursor=abc&q=s')

    expect(changeAppState(state, { search: 'si' }).cursor).toBeUndefined()
    expect(changeAppState(state, { open: 'p1' }).cursor).toBe('abc')
    expect(changeAppState(state, { cursor: 'next' }).cursor).toBe('next')
  })

  it('add a filter with one click and take it away with the next', () => {
    const java = { dimension: 'platform', operator: 'is', value: 'java' } as const
    const once = toggleFilter([], java)

    expect(once).toEqual([{ dimension: 'platform', operator: 'is', values: ['java'] }])
    expect(toggleFilter(once, { ...java, value: 'bedrock' })[0]?.values).toEqual(['bedrock', 'java'])
    expect(toggleFilter(once, java)).toEqual([])
  })

  it('turn charts into tables and back', () => {
    const shown = changeAppState(DEFAULT_STATE, toggleTable(DEFAULT_STATE, 'ccu'))

    expect(shown.tables).toEqual(['ccu'])
    expect(toggleTable(shown, 'ccu')).toEqual({ tables: [] })
  })
})

describe('addresses', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...APP_PAGES), anyState, (page, state) => {
        const { pathname, search } = new URL(formatLocation({ page, state }), 'http://localhost')
        expect(parseLocation({ pathname, search })).toEqual({ page, state })
      }),
    )
  })

  it.each([
    ['/app', 'live'],
    ['/app/', 'live'],
    ['/app/players', 'players'],
    ['/app/players/', 'players'],
    ['/app/nothing/', undefined],
    ['/app/players/x', undefined],
    ['/application', undefined],
    ['/', undefined],
  ])('%s is the page %s', (pathname, page) => {
    expect(parseLocation({ pathname, search: '' })?.page).toBe(page)
  })
})
