/**
 * The embedded ClickHouse: an engine in a process of its own, behind ClickHouse's HTTP interface, so that the rest of
 * the code speaks to it as to any other ClickHouse. Started by embedded.ts; ends itself when its parent is gone.
 */
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type EmbeddedServerOptions, PASSWORD_VARIABLE } from './server-options.ts'
import { createSessionPool, EngineError } from './session-pool.ts'
import { bindParameters, insertFromFile, parseInsert, parseStatement, withSettings } from './statement.ts'

const SQL_BYTES_MAX = 1024 * 1024

function main(options: EmbeddedServerOptions, password: string): void {
  const { directory, engineArguments, connections } = options
  const incoming = join(directory, 'incoming')
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true })
  const pool = createSessionPool({
    directory: join(directory, 'store'),
    engineArguments,
    size: connections,
    setUp: 'SET async_insert = 0, use_query_condition_cache = 0',
  })
  const structures = new Map<string, string>()

  /** Names and types of the columns that an insert brings, in order; kept, since migrations happen before inserts. */
  async function structureOf(database: string, table: string, columns: string): Promise<string> {
    const key = `${database}\n${table}\n${columns}`
    const known = structures.get(key)
    if (known !== undefined) return known
    const bytes = await pool.run(database, `DESCRIBE TABLE ${table} FORMAT JSONEachRow`)
    const described = Buffer.from(bytes)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { name: string; type: string; default_type: string })
    const wanted = columns
      .replace(/[()`\s]/g, '')
      .split(',')
      .filter((name) => name !== '')
    const names =
      wanted.length > 0 ? wanted : described.filter((column) => column.default_type === '').map(({ name }) => name)
    const structure = names
      .map((name) => `\`${name}\` ${plainType(described.find((column) => column.name === name)?.type ?? 'String')}`)
      .join(', ')
    structures.set(key, structure)
    return structure
  }

  async function insert(request: IncomingMessage, search: URLSearchParams): Promise<Uint8Array | undefined> {
    const statement = parseStatement(search, '')
    const parsed = parseInsert(statement.sql)
    if (parsed === undefined) return undefined
    const file = join(incoming, randomUUID())
    try {
      await pipeline(request, createWriteStream(file))
      const structure = await structureOf(statement.database, parsed.table, parsed.columns)
      const sql = insertFromFile(parsed, { file, structure, settings: statement.settings })
      return await pool.run(statement.database, sql)
    } finally {
      await rm(file, { force: true })
    }
  }

  async function run(request: IncomingMessage, search: URLSearchParams): Promise<Uint8Array> {
    const inserted = await insert(request, search)
    if (inserted !== undefined) return inserted
    const { sql, settings, parameters, database, defaultFormat } = parseStatement(
      search,
      await readBody(request, search),
    )
    if (!/^\s*SELECT\b/i.test(sql)) structures.clear()
    return pool.run(database, bindParameters(parameters) + withSettings(sql, settings, defaultFormat))
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname === '/ping') {
      response.end('Ok.\n')
      return
    }
    if (!isAuthorized(request, password)) {
      answerError(response, 401, 516, 'Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)')
      return
    }
    try {
      const bytes = await run(request, url.searchParams)
      response.setHeader('x-clickhouse-summary', '{}')
      response.end(bytes)
    } catch (error) {
      const code = error instanceof EngineError ? error.clickhouseCode : 1001
      const message = error instanceof Error ? error.message : String(error)
      answerError(response, code === 60 || code === 81 ? 404 : 500, code, message)
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`embedded ClickHouse: ${String(error)}\n`)
      response.destroy()
    })
  })
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  server.listen(options.port, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port })
  })
  server.on('error', (error) => {
    process.stderr.write(`embedded ClickHouse: ${error.message}\n`)
    process.exit(1)
  })

  process.on('message', (message) => {
    if (message !== 'stop') return
    server.close()
    server.closeAllConnections()
    pool.close()
    process.kill(process.pid, 'SIGKILL') // An exit with work in the engine can hang; everything acknowledged is on disk.
  })
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  // The terminal's Ctrl-C reaches the whole group; the parent decides when to stop.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
}

/** Values are read as they are and put into their dictionary block by block, which is far faster than one by one. */
function plainType(type: string): string {
  return /^LowCardinality\((.*)\)$/.exec(type)?.[1] ?? type
}

function isAuthorized(request: IncomingMessage, password: string): boolean {
  const header = request.headers.authorization ?? ''
  const given = Buffer.from(header)
  const wanted = Buffer.from(`Basic ${Buffer.from(`default:${password}`).toString('base64')}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function answerError(response: ServerResponse, status: number, code: number, message: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'x-clickhouse-exception-code': String(code), 'content-type': 'text/plain' })
  response.end(message)
}

/** The SQL in the body. A form's fields count as if they stood in the address, where long ones do not fit. */
async function readBody(request: IncomingMessage, search: URLSearchParams): Promise<string> {
  const bytes = await readBytes(request)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return bytes.toString()
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  for (const [name, value] of form) if (typeof value === 'string') search.append(name, value)
  return ''
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > SQL_BYTES_MAX)
      throw new EngineError('Code: 62. DB::Exception: Max query size exceeded (SYNTAX_ERROR)', 62)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

const password = process.env[PASSWORD_VARIABLE]
if (!password) throw new Error(`${PASSWORD_VARIABLE} is not set`)
main(JSON.parse(process.argv[2] ?? '{}') as EmbeddedServerOptions, password)
