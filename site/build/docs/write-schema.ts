/** What of JSON Schema the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** Deeper than our answers go; what lies below is left out. */
const DEPTH_MAX = 8

/** A schema as a type of TypeScript, with limits and descriptions as comments. */
export function writeSchema(schema: Schema, depth = 0): string {
  if (schema.$ref !== undefined) return nameOfRef(schema.$ref)
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return unique(options.map((option) => writeSchema(option, depth))).join(' | ')
  if (schema.allOf !== undefined) return schema.allOf.map((part) => writeSchema(part, depth)).join(' & ')
  if (schema.enum !== undefined) return schema.enum.map((value) => quote(value)).join(' | ')
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? ['unknown'])
  return types.map((type) => writeType(type, schema, depth)).join(' | ')
}

/** Names of the shapes that a schema mentions, itself left out. */
export function refsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(refsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [nameOfRef(part)] : refsOf(part),
  )
}

/** What is said of a value beyond its type: limits and its default. */
export function writeLimits(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema
  return [
    schema.format === undefined || schema.format === 'uuid' ? '' : schema.format,
    range(minLength, maxLength, 'characters'),
    range(minItems, maxItems, 'items'),
    range(minimum, maximum, ''),
    schema.default === undefined ? '' : `default ${quote(schema.default)}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function writeType(type: string, schema: Schema, depth: number): string {
  if (type === 'object') return writeObject(schema, depth)
  if (type === 'array') return writeArray(schema, depth)
  if (type === 'string' && schema.format === 'uuid') return 'uuid'
  return type
}

function writeArray({ items }: Schema, depth: number): string {
  const item = items === undefined ? 'unknown' : writeSchema(items, depth)
  return /[|&]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
}

function writeObject({ properties, required = [], additionalProperties }: Schema, depth: number): string {
  const fields = Object.entries(properties ?? {})
  if (fields.length === 0) {
    return typeof additionalProperties === 'object'
      ? `Record<string, ${writeSchema(additionalProperties, depth)}>`
      : 'object'
  }
  if (depth >= DEPTH_MAX) return '{ … }'
  const indent = '  '.repeat(depth + 1)
  const lines = fields.map(([name, schema]) => {
    const about = [schema.description ?? '', writeLimits(schema)].filter((part) => part !== '').join(' · ')
    const comment = about === '' ? '' : `${indent}// ${about.replace(/\s+/g, ' ')}\n`
    const key = /^[a-z_]\w*$/i.test(name) ? name : quote(name)
    return `${comment}${indent}${key}${required.includes(name) ? '' : '?'}: ${writeSchema(schema, depth + 1)}`
  })
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  // What is not bounded is bounded by whole numbers themselves.
  const from = min === undefined || min <= Number.MIN_SAFE_INTEGER ? undefined : min
  const to = max === undefined || max >= Number.MAX_SAFE_INTEGER ? undefined : max
  const text = from === undefined ? (to === undefined ? '' : `at most ${format(to)}`) : spanned(from, to)
  return text === '' || unit === '' ? text : `${text} ${unit}`
}

function spanned(from: number, to: number | undefined): string {
  if (to === undefined) return from === 0 ? '' : `at least ${format(from)}`
  return from === to ? `exactly ${format(from)}` : `${format(from)} to ${format(to)}`
}

const format = (value: number): string => value.toLocaleString('en')
const quote = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value))
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]
const nameOfRef = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)
