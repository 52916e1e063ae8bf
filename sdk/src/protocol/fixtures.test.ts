import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decode, encode } from './codec.ts'
import { FRAME } from './frames.ts'
import { fromTaggedJson, toTaggedJson } from './tagged-json.ts'

const directory = new URL('../../fixtures/frames/', import.meta.url)
const names = readdirSync(directory).flatMap((name) => (name.endsWith('.json') ? [name.replace('.json', '')] : []))

interface Fixture {
  readonly name: string
  readonly from: string
  readonly frame: unknown
}

function load(name: string): { readonly json: Fixture; readonly bytes: Buffer } {
  const json = JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8')) as Fixture
  return { json, bytes: readFileSync(new URL(`${name}.bin`, directory)) }
}

/** 64-bit integers decode to numbers; beyond 2^53 those are not exact, which `$int` in the JSON is. */
function asDecoded(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(asDecoded)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asDecoded(entry)]))
  }
  return value
}

describe('golden fixtures', () => {
  it('has one for every type of frame', () => {
    const types = new Set(names.map((name) => (load(name).json.frame as number[])[0]))
    expect(types).toEqual(new Set(Object.values(FRAME)))
  })

  it.each(names)('%s decodes to its JSON', (name) => {
    const { json, bytes } = load(name)
    expect(toTaggedJson(decode(bytes))).toEqual(toTaggedJson(asDecoded(fromTaggedJson(json.frame))))
  })

  it.each(names)('%s is what its JSON encodes to', (name) => {
    const { json, bytes } = load(name)
    expect(Buffer.from(encode(fromTaggedJson(json.frame))).toString('hex')).toBe(bytes.toString('hex'))
  })
})
