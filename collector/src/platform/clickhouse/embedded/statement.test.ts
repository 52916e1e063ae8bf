import { describe, expect, it } from 'vitest'
import { bindParameters, insertFromFile, parseInsert, parseStatement, quote, withSettings } from './statement.ts'

describe('parseStatement', () => {
  it('tells settings, parameters and the interface apart', () => {
    const search = new URLSearchParams({
      query: 'SELECT {a:String}',
      query_id: 'x',
      database: 'db',
      param_a: "it's",
      async_insert: '0',
      default_format: 'JSONEachRow',
      'bad name': '1',
    })
    expect(parseStatement(search, '')).toEqual({
      sql: 'SELECT {a:String}',
      settings: { async_insert: '0' },
      parameters: { a: "it's" },
      database: 'db',
      defaultFormat: 'JSONEachRow',
    })
  })

  it('puts the query and the body together', () => {
    expect(parseStatement(new URLSearchParams({ query: 'SELECT' }), '1').sql).toBe('SELECT\n1')
    expect(parseStatement(new URLSearchParams(), 'SELECT 1')).toMatchObject({ sql: 'SELECT 1', database: 'default' })
  })
})

describe('parseInsert', () => {
  it.each([
    ['INSERT INTO t FORMAT RowBinary', { table: 't', columns: '', format: 'RowBinary' }],
    ['insert into db.t (a, b) format JSONEachRow;', { table: 'db.t', columns: '(a, b)', format: 'JSONEachRow' }],
    ['INSERT INTO `t` (a)\nSETTINGS x = 1 FORMAT RowBinary', { table: '`t`', columns: '(a)', format: 'RowBinary' }],
  ])('recognizes %s', (sql, expected) => {
    expect(parseInsert(sql)).toEqual(expected)
  })

  it.each(['INSERT INTO t SELECT 1', 'SELECT 1 FORMAT JSON', 'INSERT INTO t VALUES (1)'])('leaves %s alone', (sql) => {
    expect(parseInsert(sql)).toBeUndefined()
  })
})

it('reads the rows of an insert from a file, whatever its name holds', () => {
  const insert = { table: 't', columns: '(a)', format: 'RowBinary' }
  const sql = insertFromFile(insert, {
    file: "/tmp/it's",
    structure: '`a` String',
    settings: { insert_deduplication_token: 'x' },
  })
  expect(sql).toBe(
    "INSERT INTO t (a) SETTINGS insert_deduplication_token = 'x' SELECT * FROM file('/tmp/it\\'s', 'RowBinary', '`a` String')",
  )
})

describe('withSettings', () => {
  it('adds the format and the settings to what has a result', () => {
    expect(withSettings('SELECT 1', { max_threads: '1' }, 'TSV')).toBe(
      "SELECT 1\nFORMAT TSV\nSETTINGS max_threads = '1'",
    )
    expect(withSettings('SELECT 1 FORMAT JSON;', {}, 'TSV')).toBe('SELECT 1 FORMAT JSON\n')
  })

  it('leaves other statements as they are', () => {
    expect(withSettings('CREATE TABLE t (a Int8)', { x: '1' }, 'TSV')).toBe('CREATE TABLE t (a Int8)')
  })
})

it('binds parameters as text, and only under names that are names', () => {
  expect(bindParameters({ a: "x'; DROP TABLE t; --", 'b c': '1' })).toBe("SET param_a = 'x\\'; DROP TABLE t; --';\n")
})

it('quotes', () => {
  expect(quote("a\\b'c")).toBe("'a\\\\b\\'c'")
})
