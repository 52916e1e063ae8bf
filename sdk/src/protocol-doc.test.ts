import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createCore, type Identity, type Input } from './core/index.ts'
import {
  type ClientFrame,
  decode,
  END_REASON_CODE,
  ERROR_CODES,
  EVENT,
  encode,
  FRAME,
  LANE,
  LIMITS,
  PLATFORM_CODE,
  PROTOCOL_VERSION,
  parseUuid,
  SERVER_KIND_CODE,
  STREAM_PATH,
  SUBPROTOCOL,
} from './protocol/index.ts'
import { fromTaggedJson, toTaggedJson } from './protocol/tagged-json.ts'

const text = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8')
const AT = 1_763_680_000_123

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''))
}

/** Rows of the table with this header, as texts without backticks. */
function tableOf(header: string): string[][] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith('|') && cellsOf(line).join() === cellsOf(header).join())
  if (start < 0) throw new Error(`there is no table "${header}"`)
  const rows = lines.slice(start + 2)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map(cellsOf)
}

function toNumber(cell: string | undefined): number {
  return Number((cell ?? '').replaceAll(',', ''))
}

/** The table with these columns as an object from name to number. */
function numbersOf(header: string, columns: { readonly name: number; readonly number: number }) {
  return Object.fromEntries(tableOf(header).map((row) => [row[columns.name], toNumber(row[columns.number])]))
}

describe('the tables of PROTOCOL.md', () => {
  it.each([
    ['| Type | Name | From | |', { name: 1, number: 0 }, FRAME],
    ['| Type | Name | Lane | |', { name: 1, number: 0 }, EVENT],
    ['| Lane | Number |', { name: 0, number: 1 }, LANE],
    ['| Kind of server | Number | |', { name: 0, number: 1 }, SERVER_KIND_CODE],
    ['| Platform | Number |', { name: 0, number: 1 }, PLATFORM_CODE],
    ['| End reason | Number | |', { name: 0, number: 1 }, END_REASON_CODE],
    ['| Limit | Value | |', { name: 0, number: 1 }, LIMITS],
  ] as const)('%s says what the code says', (header, columns, codes) => {
    expect(numbersOf(header, columns)).toEqual(codes)
  })

  it.each(Object.entries(FRAME))('say that %s comes from the right end', (name, type) => {
    const row = tableOf('| Type | Name | From | |').find(([, its]) => its === name)
    expect(row?.[2]).toBe(type < 16 ? 'client' : 'collector')
  })

  it('have a section for every frame and event', () => {
    for (const name of [...Object.keys(FRAME), ...Object.keys(EVENT)]) expect(text).toContain(`\n### \`${name}\`\n`)
  })

  it('have every error code once, with its status, close code and retry', () => {
    const rows = [
      ...tableOf('| Code | HTTP | Close | Retry | Comes by | Meaning, and what to do |'),
      ...tableOf('| Code | HTTP | Close | Retry | Where |'),
    ].map(([code = '', status, close, retry]) => ({ code, status: Number(status), close, retry }))
    const expected = Object.entries(ERROR_CODES).map(([code, entry]) => ({
      code,
      status: entry.status,
      close: 'close' in entry ? String(entry.close) : '–',
      retry: entry.retry,
    }))
    const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1)
    expect(rows.toSorted(byCode)).toEqual(expected.toSorted(byCode))
  })
})

describe('the words of PROTOCOL.md', () => {
  it('name limits with their values', () => {
    const named = Array.from(text.matchAll(/`(\w+)` \(([\d,]+)\)/g), ([, name = '', value]) => [name, toNumber(value)])
    expect(named.length).toBeGreaterThan(20)
    for (const [name, value] of named) expect(LIMITS, String(name)).toHaveProperty(String(name), value)
  })

  it('name codes and close codes that exist', () => {
    const codes = new Set(Array.from(text.matchAll(/`([A-Z]{2,}(?:_[A-Z]+)+)`/g), ([, code]) => code))
    for (const code of codes) expect(ERROR_CODES).toHaveProperty(code ?? '')
  })

  it('name the address, the subprotocol and the version', () => {
    expect(text).toContain(`\`GET ${STREAM_PATH}\``)
    expect(text).toContain(`Sec-WebSocket-Protocol: ${SUBPROTOCOL}\``)
    expect(text).toContain(`\`${SUBPROTOCOL}\` and \`version\` ${PROTOCOL_VERSION} are all there is`)
  })
})

describe('the worked example of PROTOCOL.md', () => {
  const [, example = ''] = text.split('\n## Worked example\n')
  const steps = Array.from(
    example.matchAll(/### (.+)\n\n```json\n([^`]*)```\n\n```hex\n([^`]*)```/g),
    ([, title = '', json = '', hex = '']) => ({
      title,
      frame: fromTaggedJson(JSON.parse(json)) as readonly unknown[],
      bytes: Buffer.from(hex.replace(/;.*$/gm, '').replace(/\s/g, ''), 'hex'),
      lines: hex.trimEnd().split('\n'),
    }),
  )

  it('goes from hello to the first acknowledgement', () => {
    expect(steps.map(({ frame }) => frame[0])).toEqual([
      FRAME.hello,
      FRAME.welcome,
      FRAME.snapshot,
      FRAME.batch,
      FRAME.ack,
    ])
  })

  it.each(steps)('$title: the bytes are the frame, and the frame is the bytes', ({ frame, bytes }) => {
    expect(toTaggedJson(decode(bytes))).toEqual(toTaggedJson(frame))
    expect(Buffer.from(encode(frame)).toString('hex')).toBe(bytes.toString('hex'))
  })

  it.each(steps)('$title: every line is one value and says which', ({ lines, frame }) => {
    const countValues = (value: unknown): number =>
      Array.isArray(value) ? value.reduce<number>((sum, entry) => sum + countValues(entry), 1) : 1
    expect(lines).toHaveLength(countValues(frame))
    for (const line of lines) expect(line).toMatch(/^([0-9a-f]{2} )+ *; .+ = .+$/)
  })

  it('is what the core itself says and understands', () => {
    const [hello, welcome, snapshot, batch, ack] = steps.map(({ frame }) => frame)
    const id = (hex: string) => parseUuid(hex) ?? new Uint8Array()
    const identity: Identity = {
      instance: id('019aa111-2222-7333-8444-555566667777'),
      startedAtMs: AT - 5_000,
      server: { name: 'proxy-1', kind: 'proxy' },
      software: { name: 'Velocity', version: '3.4.0' },
      sdk: { name: 'my-client', version: '1.0.0' },
    }
    const join: Input = {
      kind: 'join',
      nowMs: AT + 4_000,
      ref: 1,
      details: {
        sessionId: id('019aa111-aaaa-7bbb-8ccc-ddddeeeeffff'),
        player: id('069a79f4-44e9-4726-a5be-fca90e38aaf5'),
        name: 'Notch',
        hostname: 'play.example.net',
        address: '203.0.113.7',
        platform: 'java',
        device: '',
        protocolVersion: 774,
        clientVersion: '',
        backend: '',
      },
    }
    const core = createCore(identity)
    const inputs: readonly Input[] = [
      { kind: 'start', nowMs: AT - 100, clockOffsetMs: 0, leftovers: [], leftoversNetwork: null },
      { kind: 'opened', nowMs: AT },
      { kind: 'frame', nowMs: AT + 20, frame: welcome },
      join,
      { kind: 'sent', nowMs: AT + 4_000, stream: 0, through: 1, bytes: 100 },
      { kind: 'frame', nowMs: AT + 4_500, frame: ack },
    ]
    const outputs = inputs.flatMap((input) => core.step(input))
    const frames: ClientFrame[] = outputs.flatMap((output) =>
      output.kind === 'frame' ? [output.frame as ClientFrame] : [],
    )
    expect(frames).toEqual([hello, snapshot])
    const [send] = outputs.filter((output) => output.kind === 'send')
    const [append] = outputs.filter((output) => output.kind === 'append')
    expect([FRAME.batch, identity.instance, LANE.sessions, send?.first, send?.after, [append?.event]]).toEqual(batch)
    expect(outputs).toContainEqual({ kind: 'release', stream: 0, through: 1 })
  })
})
