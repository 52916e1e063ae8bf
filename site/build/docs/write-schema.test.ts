import { describe, expect, it } from 'vitest'
import { refsOf, writeLimits, writeSchema } from './write-schema.ts'

describe('writeSchema', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'uuid' }, 'uuid'],
    [{ type: ['integer', 'null'] }, 'integer | null'],
    [{ type: 'string', enum: ['java', 'bedrock'] }, "'java' | 'bedrock'"],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, "('a' | 'b')[]"],
    [{ $ref: '#/components/schemas/Network' }, 'Network'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 'string | null'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Record<string, integer>'],
    [{}, 'unknown'],
  ])('writes %j', (schema, text) => {
    expect(writeSchema(schema)).toBe(text)
  })

  it('writes objects with what is optional, described and limited', () => {
    const schema = {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 64, description: 'What it is called.' },
        'x-y': { type: 'array', items: { $ref: '#/components/schemas/Role' } },
      },
    }

    expect(writeSchema(schema)).toBe(
      "{\n  // What it is called. · 1 to 64 characters\n  name: string\n  'x-y'?: Role[]\n}",
    )
  })

  it('comes to an end however deep a schema is', () => {
    const schema: { type: string; properties: Record<string, unknown> } = { type: 'object', properties: {} }
    schema.properties['self'] = schema

    expect(writeSchema(schema as never)).toContain('{ … }')
  })
})

it.each([
  [{ maximum: Number.MAX_SAFE_INTEGER, minimum: 0 }, ''],
  [{ minimum: 1, maximum: 1_000 }, '1 to 1,000'],
  [{ minItems: 2, maxItems: 2 }, 'exactly 2 items'],
  [{ maxLength: 253 }, 'at most 253 characters'],
  [{ default: 'csv' }, "default 'csv'"],
])('writes the limits of %j as "%s"', (schema, text) => {
  expect(writeLimits(schema)).toBe(text)
})

it('finds every shape that is mentioned', () => {
  expect(refsOf({ a: [{ $ref: '#/components/schemas/A' }], b: { $ref: '#/components/schemas/B' } })).toEqual(['A', 'B'])
})
