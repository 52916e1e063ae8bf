import { z } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import { describeWrongFields, firstWrongField } from './wrong-fields.ts'

const schema = z.strictObject({
  id: z.uuid().optional(),
  name: z.string().min(1).max(5).optional(),
  code: z.string().min(2).regex(/^x/, 'must begin with x').optional(),
  count: z.number().int().min(2).max(9).optional(),
  isNew: z.boolean().optional(),
  kind: z.enum(['proxy', 'backend', 'other']).optional(),
  list: z.array(z.string()).max(2).optional(),
  map: z.record(z.string().max(3), z.union([z.string(), z.null()], { error: 'must be a text or null' })).optional(),
})
const needed = z.object({ name: z.string(), server: z.object({ name: z.string() }) })

function wrong(body: unknown, its: z.ZodType = schema): Record<string, string> {
  const fields = describeWrongFields(its.safeParse(body).error?.issues ?? [])
  return Object.fromEntries(fields.map(({ path, message }) => [path, message]))
}

it.each([
  [{ id: 'x' }, 'id', 'must be a UUID'],
  [{ name: 5 }, 'name', 'must be a text'],
  [{ name: '' }, 'name', 'must not be empty'],
  [{ name: 'abcdef' }, 'name', 'must have at most 5 characters'],
  [{ code: '' }, 'code', 'must have at least 2 characters'],
  [{ code: 'yy' }, 'code', 'must begin with x'],
  [{ count: '3' }, 'count', 'must be a number'],
  [{ count: 3.5 }, 'count', 'must be a whole number'],
  [{ count: 1 }, 'count', 'must be at least 2'],
  [{ count: 10 }, 'count', 'must be at most 9'],
  [{ isNew: 'yes' }, 'isNew', 'must be true or false'],
  [{ kind: 'lobby' }, 'kind', 'must be proxy, backend or other'],
  [{ list: {} }, 'list', 'must be a list'],
  [{ list: ['a', 'b', 'c'] }, 'list', 'must have at most 2 entries'],
  [{ list: ['a', 1] }, 'list.1', 'must be a text'],
  [{ map: [] }, 'map', 'must be an object'],
  [{ map: { a: [] } }, 'map.a', 'must be a text or null'],
  [{ map: { abcd: 'x' } }, 'map.abcd', 'has a name that must have at most 3 characters'],
  [{ surplus: 1, more: 2 }, '', 'must not have fields that are not known (surplus, more)'],
  [[], '', 'must be an object'],
  [null, '', 'must be an object'],
])('of %j the field %j is said to be wrong in words, once', (body, path, message) => {
  expect(wrong(body)).toEqual({ [path]: message })
})

it('says what is missing, and what it must be', () => {
  expect(wrong({ server: {} }, needed)).toEqual({
    name: 'is missing: it must be a text',
    'server.name': 'is missing: it must be a text',
  })
})

it('holds only so much of what was sent', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `${'x'.repeat(1_000)}${i}`)
  expect(wrong(Object.fromEntries(names.map((name) => [name, 1])))['']?.length).toBeLessThan(500)
  const [path = ''] = Object.keys(wrong({ map: { ['x'.repeat(10_000)]: 1 } }))
  expect(path).toHaveLength(200)
})

it('puts the first one into a line', () => {
  expect(firstWrongField([{ path: 'a.b', message: 'must be a text' }], 'the body')).toBe('a.b: must be a text')
  expect(firstWrongField([{ path: '', message: 'must be an object' }], 'the body')).toBe('the body: must be an object')
})
