import { expect, it } from 'vitest'
import { CliError } from '../cli-error.ts'
import { followEvents, type StreamItem } from './event-stream.ts'

const place = { url: 'http://x', foundBy: 'the default', token: undefined, tokenFoundBy: '', isLocal: true }
const stream = (text: string) => new Response(text, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })

/** Follows a collector that gives these answers one after the other; after the last one the command is stopped. */
async function follow(answers: ReadonlyArray<() => Response>) {
  const stop = new AbortController()
  const items: StreamItem[] = []
  const waitedMs: number[] = []
  let next = 0
  const deps = {
    place,
    random: () => 0.5,
    sleep: async (delayMs: number) => {
      waitedMs.push(delayMs)
      if (next === answers.length) stop.abort()
    },
    ask: async () => (answers[next++] ?? (() => stream('')))(),
  }
  for await (const item of followEvents(deps, '/events', stop.signal)) items.push(item)
  return { items, waitedMs }
}

it('gives events as they come, comments aside', async () => {
  const { items } = await follow([() => stream(': hello\n\nevent: counts\ndata: {"total":\ndata: 3}\n\ndata: 1\n\n')])
  expect(items.slice(0, 3)).toEqual([
    { kind: 'connected' },
    { kind: 'event', name: 'counts', data: { total: 3 } },
    { kind: 'event', name: 'message', data: 1 },
  ])
})

it('connects again when the connection ends, waiting longer each time until it works', async () => {
  const unavailable = () => {
    throw new CliError('STORAGE_UNAVAILABLE')
  }
  const { items, waitedMs } = await follow([
    () => stream(''),
    unavailable,
    unavailable,
    () => stream(''),
    ...Array(6).fill(unavailable),
  ])
  expect(items.map(({ kind }) => kind).slice(0, 5)).toEqual(['connected', 'lost', 'lost', 'lost', 'connected'])
  expect(waitedMs).toEqual([1_000, 2_000, 4_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
})

it('ends when the first connection fails', async () => {
  const refuse = () => {
    throw new CliError('COLLECTOR_UNREACHABLE')
  }
  await expect(follow([refuse])).rejects.toThrow(expect.objectContaining({ code: 'COLLECTOR_UNREACHABLE' }))
})

it('ends at what waiting does not mend', async () => {
  const revoke = () => {
    throw new CliError('TOKEN_UNKNOWN')
  }
  await expect(follow([() => stream(''), revoke])).rejects.toThrow(expect.objectContaining({ code: 'TOKEN_UNKNOWN' }))
})

it('is not fooled by a page', async () => {
  await expect(follow([() => new Response('<html>')])).rejects.toThrow(/no MCTrack collector/)
})
