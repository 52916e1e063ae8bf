import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@mctrack/sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  LANE,
  sessionFields,
  startTestCollector,
  type TestCollector,
} from './support/index.ts'

/** Addresses that a test run sends in every way there is. They must not be found anywhere afterwards. */
const ADDRESSES = [
  '198.51.100.23',
  '198.51.100.24',
  '198.51.100.25',
  '198.51.100.26',
  '2001:db8:77::abcd',
  '198.51.100.27',
]
let collector: TestCollector

beforeAll(async () => {
  collector = await startTestCollector({ env: { MCTRACK_LOG_LEVEL: 'trace' } })
})
afterAll(() => collector?.remove())

function* files(directory: string): Generator<string> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat?.isDirectory()) yield* files(path)
    else if (stat?.isFile()) yield path
  }
}

it('keeps no address: in no row, log, dead letter, error or file', async () => {
  const { key, path } = await createNetwork(collector)
  const [plain, badName, badField, http, ipv6, property] = ADDRESSES as [string, string, string, string, string, string]
  const client = createClient({
    key,
    endpoint: collector.endpoint,
    server: { name: 'proxy-1', kind: 'proxy' },
    spool: { directory: false },
  })
  const session = client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch', address: plain })
  client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf6', name: 'Jeb', address: ipv6 }).switchTo('lobby')
  session.switchTo('survival')
  session.leave()
  await client.flush()

  const socket = await connectRaw(collector.endpoint, key)
  await socket.hello()
  socket.batch(LANE.sessions, 1, [
    [1, sessionFields({ address: badName, name: '' }), null],
    [1, sessionFields({ address: badName, startedAtMs: 1 }), null],
    [1, [badField, badField, badField], null],
    [1, sessionFields({ name: `from ${badField}`, startedAtMs: 1 }), null],
  ])
  socket.batch(LANE.telemetry, 1, [customEvent('x', { properties: { nested: { ip: property } } })])
  await socket.acknowledged(LANE.sessions, 4)
  socket.send(Buffer.from(`broken ${badField}`))
  await socket.closed

  const ingest = (body: unknown) =>
    ask(collector, 'POST', '/v1/ingest/session/start', { body, headers: { 'x-api-key': key } })
  const join_ = { server: 'web', uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf7', name: 'Web', address: http }
  await ingest(join_)
  const answers = [
    await ingest({ ...join_, startedAtMs: 1 }),
    await ingest({ ...join_, name: `at ${http}`, platform: 'x' }),
    await ingest({ ...join_, address: `${http} x` }),
  ]
  await client.close()
  const letters = (await ask(collector, 'GET', `${path}/dead-letters`)).body
  expect(letters.length).toBeGreaterThanOrEqual(7)
  const live = (await ask(collector, 'GET', `${path}/live`)).body
  expect(live.total).toBeGreaterThan(0)

  const said = JSON.stringify([
    answers.map(({ body }) => body),
    letters,
    live,
    (await ask(collector, 'GET', `${path}/sessions`)).body,
  ])
  for (const address of ADDRESSES) expect(said).not.toContain(address)
  // Rows are compressed on disk, so they are searched by asking for them.
  await collector.stop()
  const again = await startTestCollector({
    dataDirectory: collector.dataDirectory,
    env: { MCTRACK_LOG_LEVEL: 'trace' },
  })
  for (const table of ['sessions', 'dead-letters']) {
    const text = JSON.stringify((await ask(again, 'GET', `${path}/${table}`)).body)
    for (const address of ADDRESSES) expect(text).not.toContain(address)
  }
  await again.stop()
  const needles = ADDRESSES.map((address) => Buffer.from(address))
  let searched = 0
  for (const file of files(collector.dataDirectory)) {
    const bytes = readFileSync(file)
    searched += 1
    for (const needle of needles) expect(bytes.includes(needle), `${needle} in ${file}`).toBe(false)
  }
  expect(searched).toBeGreaterThan(100)
  for (const address of ADDRESSES) {
    expect(collector.log()).not.toContain(address)
    expect(again.log()).not.toContain(address)
  }
  expect(collector.log()).not.toContain(key)
})
