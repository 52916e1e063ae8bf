import { describe, expect, it } from 'vitest'
import { displayWidth } from './display-width.ts'
import { type Column, createTableLayout, layoutTable } from './table.ts'

interface Row {
  readonly name: string
  readonly players: number
  readonly id: string
}

const ID = '019aa000-0000-7000-8000-000000000000'
const ROWS: readonly Row[] = [
  { name: 'lobby', players: 12, id: ID },
  { name: 'サーバー with a long name indeed', players: 1_234, id: ID },
]
const COLUMNS: ReadonlyArray<Column<Row>> = [
  { title: 'Name', text: ({ name }) => name },
  { title: 'Players', text: ({ players }) => String(players), align: 'right' },
  { title: 'Id', text: ({ id }) => id, isWhole: true },
]
const plain = (text: string): string => text

describe('a table', () => {
  it('lines up by display width, and is not cut where there is no terminal', () => {
    expect(layoutTable(COLUMNS, ROWS, { widthMax: undefined, styleTitle: plain })).toEqual([
      `NAME                              PLAYERS  ID`,
      `lobby                                  12  ${ID}`,
      `サーバー with a long name indeed     1234  ${ID}`,
    ])
  })

  it('cuts names before ids', () => {
    const lines = layoutTable(COLUMNS, ROWS, { widthMax: 60, styleTitle: plain })
    expect(lines[1]).toContain(ID)
    expect(lines[2]).toContain('…')
    expect(lines.map(displayWidth)).toEqual([26, 60, 60])
  })

  it.each([1, 2, 5, 10, 20, 40, 80])('never takes more than %d columns', (widthMax) => {
    for (const line of layoutTable(COLUMNS, ROWS, { widthMax, styleTitle: plain })) {
      expect(displayWidth(line)).toBeLessThanOrEqual(widthMax)
    }
  })

  it('leaves columns out from the last rather than show stumps of all', () => {
    expect(layoutTable(COLUMNS, ROWS, { widthMax: 40, styleTitle: plain })).toEqual([
      'NAME                             PLAYERS',
      'lobby                                 12',
      'サーバー with a long name inde…     1234',
    ])
    expect(layoutTable(COLUMNS, ROWS, { widthMax: 8, styleTitle: plain })[1]).toBe('lobby')
  })

  it('colours cells after they were measured', () => {
    const columns = [{ title: 'Name', text: ({ name }: Row) => name, style: (text: string) => `<${text}>` }, ...COLUMNS]
    const [, first] = layoutTable(columns, [{ name: 'a', players: 1, id: 'x' }], { widthMax: 80, styleTitle: plain })
    expect(first).toBe('<a   >  a           1  x')
  })

  it('cannot be broken by a name', () => {
    const lines = layoutTable(COLUMNS, [{ name: 'a\u001b[2J\nb', players: 1, id: 'x' }], {
      widthMax: 80,
      styleTitle: plain,
    })
    expect(lines[1]).toBe('a�[2J�b        1  x')
  })

  it('keeps the columns of its first page on later ones', () => {
    const layout = createTableLayout(COLUMNS, ROWS.slice(0, 1), { widthMax: 60, styleTitle: plain })
    expect(layout.lines(ROWS)).toEqual([`lobby       12  ${ID}`, `サー…     1234  ${ID}`])
  })
})
