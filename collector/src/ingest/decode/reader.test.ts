import { encode } from '@mctrack/sdk/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReader, MalformedError, readInteger, readText, skipValue } from './reader.ts'

describe('the reader', () => {
  it('passes over any value, and never reads beyond the end of one that was cut short', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withDate: false,
          withMap: false,
          withSet: false,
          withBigInt: false,
          withTypedArray: false,
          maxDepth: 4,
        }),
        fc.nat(),
        (value, cut) => {
          const bytes = Buffer.from(encode(value))
          const whole = createReader(bytes)
          skipValue(whole)
          expect(whole.at).toBe(bytes.length)
          const short = { ...createReader(bytes), end: cut % bytes.length }
          expect(() => skipValue(short)).toThrow(MalformedError)
          expect(short.at).toBeLessThanOrEqual(short.end)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('reads every text as it is, however many others were read before', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `player_${i}`)
    for (const text of [...texts, ...texts]) expect(readText(createReader(Buffer.from(encode(text))), 64)).toBe(text)
    expect(readText(createReader(Buffer.from(encode('x'.repeat(65)))), 64)).toBeUndefined()
  })

  it('does not recurse without end', () => {
    const bytes = Buffer.alloc(100_000, 0x91)
    expect(() => skipValue(createReader(bytes))).toThrow(/nested/)
  })

  it('does not believe a length that the frame cannot hold', () => {
    const bytes = Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff, 0xc0])
    expect(() => skipValue(createReader(bytes))).toThrow(MalformedError)
  })

  it.each([
    [Buffer.from([0x05]), 5],
    [Buffer.from([0xff]), -1],
    [Buffer.from([0xcc, 0xff]), 255],
    [Buffer.from([0xcd, 0xff, 0xff]), 65_535],
    [Buffer.from([0xce, 0xff, 0xff, 0xff, 0xff]), 4_294_967_295],
    [Buffer.from([0xcf, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Number.MAX_SAFE_INTEGER],
    [Buffer.from([0xcf, 0x00, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]), Number.NaN],
    [Buffer.from([0xd0, 0x80]), -128],
    [Buffer.from([0xd1, 0x80, 0x00]), -32_768],
    [Buffer.from([0xd2, 0x80, 0x00, 0x00, 0x00]), -2_147_483_648],
    [Buffer.from([0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), -1],
    [Buffer.from([0xcb, 0x40, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]), 5],
    [Buffer.from([0xcb, 0x40, 0x16, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]), Number.NaN],
    [Buffer.from([0xa1, 0x35]), Number.NaN],
  ])('reads %j as %d', (bytes, expected) => {
    const reader = createReader(bytes)
    expect(readInteger(reader)).toBe(expected)
    expect(reader.at).toBe(reader.end)
  })
})
