import { expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  FRAME,
  LANE,
  sessionFields,
  setUpWiredCollector,
  until,
} from './support/index.ts'

const test = setUpWiredCollector()

it('while ClickHouse is away, telemetry waits before joins and leaves do, CCU goes on, and everything is stored in the end', async () => {
  const { key, path, networkId } = await createNetwork(test.collector)
  const socket = await connectRaw(test.collector.endpoint, key)
  await socket.hello()
  socket.snapshot(0, [])
  test.wire.cut()

  const EVENTS = 500
  const properties = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`text${i}`, 'x'.repeat(500)]))
  /** About 0.8 MB a batch. */
  const send = (first: number): void => {
    const events = Array.from({ length: EVENTS }, () => customEvent('large', { properties }))
    socket.batch(LANE.telemetry, first, events)
  }
  let first = 1
  let slow: readonly unknown[] | undefined
  while (slow === undefined && first < 400 * EVENTS) {
    send(first)
    first += EVENTS
    // One round trip: what was sent before it is decided.
    await ask(test.collector, 'GET', `${path}/live`)
    slow = socket.unread().find(([type]) => type === FRAME.slow)
  }
  expect(slow?.slice(2)).toEqual([LANE.telemetry, first - EVENTS, expect.any(Number), 'BUFFER_FULL'])

  const players = Array.from({ length: 100 }, (_, i) => sessionFields({ name: `Player${i}` }))
  const starts = players.map((fields) => [1, fields, null])
  socket.batch(LANE.sessions, 1, starts)
  const live = async () => (await ask(test.collector, 'GET', `${path}/live`)).body.total
  expect(await until(live, (total) => total === 100)).toBe(100)
  expect(socket.unread().filter(([type]) => type === FRAME.ack)).toEqual([])
  expect(socket.unread().filter(([type, , lane]) => type === FRAME.slow && lane === LANE.sessions)).toEqual([])
  const ready = await fetch(`${test.collector.url}/readyz`)
  expect(await ready.json()).toMatchObject({
    checks: expect.arrayContaining([expect.objectContaining({ name: 'clickhouse', ok: false })]),
  })

  const http = await fetch(`${test.collector.url}/v1/ingest/batch`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({
      items: [
        { type: 'session_start', server: 'http-1', uuid: crypto.randomUUID(), name: 'Http' },
        { type: 'session_end', sessionId: crypto.randomUUID() },
      ],
    }),
  })
  expect(http.status).toBe(503)
  expect(await until(live, (total) => total === 101)).toBe(101)

  await test.wire.mend()
  await socket.acknowledged(LANE.sessions, 100)
  send(slow?.[3] as number)
  await socket.acknowledged(LANE.telemetry, first - 1)
  const [stored] = await test.databases.clickhouse.select<{ events: number; ids: number; sessions: number }>(
    `SELECT count() AS events, uniqExact(event_id) AS ids,
       (SELECT count() FROM network_sessions FINAL WHERE network_id = {networkId:UUID}) AS sessions
     FROM events WHERE network_id = {networkId:UUID}`,
    { networkId },
  )
  expect(stored).toEqual({ events: first - 1, ids: first - 1, sessions: 101 })
  socket.close()
})
