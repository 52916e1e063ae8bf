import type { z } from '@hono/zod-openapi'

/** A field of a body or a query that does not fit, and what it must be: "must be a UUID". */
export interface WrongField {
  /** Names and places with dots; empty for the whole. */
  readonly path: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** Names come from the sender: an answer holds no more of them than this. */
const PATH_CHARS_MAX = 200
const UNKNOWN_NAMES_MAX = 5
const UNKNOWN_NAME_CHARS_MAX = 64

/** What a value of JSON is called. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
}

/** Says what is wrong, once a field: what a schema has to say beyond that follows from the first mistake. */
export function describeWrongFields(issues: readonly Issue[]): WrongField[] {
  const fields = new Map<string, WrongField>()
  for (const issue of issues) {
    const path = issue.path.join('.').slice(0, PATH_CHARS_MAX)
    if (!fields.has(path)) fields.set(path, { path, message: describeIssue(issue) })
  }
  return Array.from(fields.values())
}

/** The first wrong field in one line. */
export function firstWrongField(fields: readonly WrongField[], whole: string): string {
  const [{ path, message } = { path: '', message: 'is not right' }] = fields
  return `${path === '' ? whole : path}: ${message}`
}

function describeIssue(issue: Issue): string {
  // Our schemas' own words begin with a small letter, those of the library with a capital one.
  if (/^[a-z]/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = `must be ${KINDS[issue.expected] ?? `of the type ${issue.expected}`}`
      return issue.message.endsWith('received undefined') ? `is missing: it ${wanted}` : wanted
    }
    case 'invalid_value':
      return `must be ${listValues(issue.values.map(String))}`
    case 'invalid_format':
      return issue.format === 'uuid' ? 'must be a UUID' : `must have the format ${issue.format}`
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty'
      return `must ${sizeOf(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `must ${sizeOf(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'unrecognized_keys':
      return `must not have fields that are not known (${listUnknown(issue.keys)})`
    case 'invalid_key': {
      const [why] = issue.issues
      return `has a name that ${why === undefined ? 'is not right' : describeIssue(why)}`
    }
    default:
      return 'is not right'
  }
}

function sizeOf(origin: string): string {
  return origin === 'string' || origin === 'array' ? 'have' : 'be'
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : ''
}

function listValues(values: readonly string[]): string {
  if (values.length < 2) return values.join()
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}

function listUnknown(names: readonly string[]): string {
  const shown = names.slice(0, UNKNOWN_NAMES_MAX).map((name) => name.slice(0, UNKNOWN_NAME_CHARS_MAX))
  const rest = names.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
