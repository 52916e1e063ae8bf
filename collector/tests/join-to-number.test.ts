import { createClient } from '@mctrack/sdk'
import { expect, it } from 'vitest'
import { ask, createNetwork, setUpCollector, until } from './support/index.ts'

const test = setUpCollector()

it('turns a join into a live number and, once it is over, into a stored session', async () => {
  const { collector, databases } = test
  const { networkId, key, path } = await createNetwork(collector)
  const client = createClient({
    key,
    endpoint: collector.endpoint,
    server: { name: 'proxy-1', kind: 'proxy' },
    spool: { directory: false },
  })
  const session = client.join({
    uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
    name: 'Notch',
    hostname: 'Play.Example.net',
    address: '8.8.8.8',
    protocolVersion: 774,
  })
  session.switchTo('survival')
  const live = await until(
    async () => (await ask(collector, 'GET', `${path}/live`)).body,
    (counts) => counts.byGamemode.survival === 1,
  )
  expect(live).toMatchObject({
    total: 1,
    byServer: { 'proxy-1': 1 },
    byGamemode: { survival: 1 },
    byCountry: { US: 1 },
    byDomain: { 'play.example.net': 1 },
    byVersion: { '1.21.11': 1 },
  })

  session.leave({ reason: 'kick' })
  expect(await client.close()).toEqual({ pendingEvents: 0 })
  expect((await ask(collector, 'GET', `${path}/live`)).body.total).toBe(0)
  const rows = await databases.clickhouse.select(
    'SELECT player_name, end_reason, country FROM network_sessions FINAL WHERE network_id = {networkId:UUID}',
    { networkId },
  )
  expect(rows).toEqual([{ player_name: 'Notch', end_reason: 'kick', country: 'US' }])
})
