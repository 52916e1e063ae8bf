/** What a request of ClickHouse's HTTP interface asks for. */
export interface StatementRequest {
  readonly sql: string
  /** Settings from the address, such as `insert_deduplication_token`. */
  readonly settings: Readonly<Record<string, string>>
  /** Values for `{name:Type}`, as ClickHouse's text format has them. */
  readonly parameters: Readonly<Record<string, string>>
  readonly database: string
  readonly defaultFormat: string
}

/** Parameters of the HTTP interface that are no settings. */
const INTERFACE_PARAMETERS = new Set([
  'query',
  'query_id',
  'session_id',
  'session_timeout',
  'session_check',
  'database',
  'default_format',
  'user',
  'password',
  'compress',
  'decompress',
  'role',
  'quota_key',
  'wait_end_of_query',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'enable_http_compression',
])

const SETTING_NAME = /^[a-z_0-9]{1,100}$/i
const INSERT =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([\w.`"]+)\s*(\([^)]*\))?\s*(?:SETTINGS\s+[\s\S]*?)?\s*FORMAT\s+(\w+)\s*;?\s*$/i
const TRAILING_FORMAT = /\bFORMAT\s+\w+\s*;?\s*$/i

/** Reads a request from its query string; the SQL stands in `query`, in the body, or in both, one after the other. */
export function parseStatement(search: URLSearchParams, body: string): StatementRequest {
  const settings: Record<string, string> = {}
  const parameters: Record<string, string> = {}
  for (const [name, value] of search) {
    if (name.startsWith('param_')) parameters[name.slice('param_'.length)] = value
    else if (!INTERFACE_PARAMETERS.has(name) && SETTING_NAME.test(name)) settings[name] = value
  }
  return {
    sql: [search.get('query') ?? '', body].filter((part) => part !== '').join('\n'),
    settings,
    parameters,
    database: search.get('database') || 'default',
    defaultFormat: search.get('default_format') || 'TabSeparated',
  }
}

export interface InsertStatement {
  readonly table: string
  /** `(a, b)` or '' for all columns. */
  readonly columns: string
  readonly format: string
}

/** Recognizes an insert whose rows follow in the body. */
export function parseInsert(sql: string): InsertStatement | undefined {
  const [, table, columns = '', format] = INSERT.exec(sql) ?? []
  return table === undefined || format === undefined ? undefined : { table, columns, format }
}

/**
 * The insert, reading its rows from a file: the engine in this process takes binary rows in no other way.
 *
 * @param structure names and types of the columns in the file, as `file()` wants them
 */
export function insertFromFile(
  insert: InsertStatement,
  options: { readonly file: string; readonly structure: string; readonly settings: Readonly<Record<string, string>> },
): string {
  const { table, columns, format } = insert
  const source = `file(${quote(options.file)}, ${quote(format)}, ${quote(options.structure)})`
  return `INSERT INTO ${table} ${columns} ${settingsClause(options.settings)} SELECT * FROM ${source}`
}

/** A statement that may have a result, with its settings at the end, where every kind of statement takes them. */
export function withSettings(sql: string, settings: Readonly<Record<string, string>>, defaultFormat: string): string {
  const plain = sql.replace(/;\s*$/, '')
  if (!/^\s*(SELECT|WITH|SHOW|DESCRIBE|EXISTS|EXPLAIN)\b/i.test(plain)) return plain
  const format = TRAILING_FORMAT.test(plain) ? '' : `\nFORMAT ${defaultFormat}`
  return `${plain}${format}\n${settingsClause(settings)}`
}

/** Statements that bind `{name:Type}` for the statement that follows on the same connection. */
export function bindParameters(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .filter(([name]) => /^\w{1,100}$/.test(name))
    .map(([name, value]) => `SET param_${name} = ${quote(value)};\n`)
    .join('')
}

function settingsClause(settings: Readonly<Record<string, string>>): string {
  const parts = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`)
  return parts.length === 0 ? '' : `SETTINGS ${parts.join(', ')}`
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
