import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createRebuildSamples } from '../src/ccu/index.ts'
import {
  connectRaw,
  createNetwork,
  LANE,
  makeId,
  type RawSocket,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()
const MINUTE_MS = 60_000
/** What is sent before a sample takes less than this, links and all. */
const SENDING_MS = 15_000

interface Sample {
  readonly at: number
  readonly dimension: string
  readonly value: string
  readonly players: number
  readonly peak: number
}

/** Events are sent in the order of their times, each batch stored before the next, so that both ways see one order. */
async function setUp() {
  const { collector, databases } = test
  const { key, networkId } = await createNetwork(collector)
  const sent = new Map<RawSocket, number>()
  let lastMs = 0
  return {
    networkId,
    /** A time of its own for every event. */
    at(): number {
      lastMs = Math.max(lastMs + 1, Date.now())
      return lastMs
    },
    async connect(name: string, kind: 1 | 2): Promise<RawSocket> {
      const socket = await connectRaw(collector.endpoint, key)
      await socket.hello({ server: [name, kind] })
      socket.snapshot(0, [])
      return socket
    },
    async send(socket: RawSocket, ...events: readonly (readonly unknown[])[]): Promise<void> {
      const first = (sent.get(socket) ?? 0) + 1
      sent.set(socket, first + events.length - 1)
      socket.batch(LANE.sessions, first, events)
      await socket.acknowledged(LANE.sessions, first + events.length - 1)
    },
    samples: () =>
      databases.clickhouse.select<Sample>(
        `SELECT toUnixTimestamp(sampled_at) AS at, toString(dimension) AS dimension, value, players, peak
         FROM ccu_samples FINAL WHERE network_id = {networkId:UUID} ORDER BY at, dimension, value`,
        { networkId },
      ),
  }
}

function untilNextMinute(): number {
  return MINUTE_MS - (Date.now() % MINUTE_MS)
}

it('CCU as it was sampled live is what its stored sessions give', async () => {
  // A network with links and without players has a sample of 0 as well: nothing is connected before.
  if (untilNextMinute() < SENDING_MS) await sleep(untilNextMinute() + 1_000)
  const { networkId, at, connect, send, samples } = await setUp()
  const proxy = await connect('proxy-1', 1)
  const lobby = await connect('lobby-1', 2)
  const survival = await connect('survival-1', 2)
  const start = (player: Uint8Array, domain: string) => sessionFields({ player, domain, startedAtMs: at() })
  const [anna, bert, cleo, dora, emil] = [makeId(), makeId(), makeId(), makeId(), makeId()]

  // Anna, Bert and Cleo come through the proxy; the lobby reports two of them as well. Dora comes past the proxy.
  const onProxy = { anna: start(anna, 'a.example'), bert: start(bert, 'b.example'), cleo: start(cleo, 'a.example') }
  await send(proxy, [1, onProxy.anna, null], [1, onProxy.bert, null], [1, onProxy.cleo, null])
  const annaAtLobby = { fields: start(anna, ''), stay: [0, 'lobby-1', at()] }
  const bertAtLobby = { fields: start(bert, ''), stay: [0, 'lobby-1', at()] }
  await send(lobby, [1, annaAtLobby.fields, null], [2, annaAtLobby.fields, null, annaAtLobby.stay])
  await send(lobby, [1, bertAtLobby.fields, null], [2, bertAtLobby.fields, null, bertAtLobby.stay])
  const doraAtSurvival = { fields: start(dora, 'direct.example'), stay: [0, 'survival-1', at()] }
  await send(survival, [1, doraAtSurvival.fields, null], [2, doraAtSurvival.fields, null, doraAtSurvival.stay])
  await sleep(untilNextMinute() + 1_000)

  // Bert's proxy session ends and the lobby's goes on, for longer than any grace; Anna moves on; Emil comes and goes.
  await send(proxy, [3, onProxy.bert, null, at(), 1, 0])
  await send(lobby, [3, annaAtLobby.fields, annaAtLobby.stay, at(), 1, 0])
  const annaAtSurvival = { fields: start(anna, ''), stay: [0, 'survival-1', at()] }
  await send(survival, [1, annaAtSurvival.fields, null], [2, annaAtSurvival.fields, null, annaAtSurvival.stay])
  const emilOnProxy = start(emil, 'b.example')
  await send(proxy, [1, emilOnProxy, null], [2, emilOnProxy, null, [0, 'skyblock', at()]])
  await send(proxy, [2, onProxy.cleo, null, [0, 'survival-1', at()]])
  await send(proxy, [3, emilOnProxy, [0, 'skyblock', emilOnProxy[1]], at(), 1, 0])
  await send(survival, [3, doraAtSurvival.fields, doraAtSurvival.stay, at(), 1, 0])
  await sleep(untilNextMinute() + 1_000)

  await send(lobby, [3, bertAtLobby.fields, bertAtLobby.stay, at(), 1, 0])
  const live = await until(samples, (rows) => new Set(rows.map((row) => row.at)).size === 2)
  const totals = live.filter(({ dimension }) => dimension === 'total')
  expect(totals.map(({ players, peak }) => [players, peak])).toEqual([
    [4, 4],
    [3, 5],
  ])
  expect(live.filter(({ dimension }) => dimension === 'gamemode').length).toBeGreaterThan(4)

  const { clickhouse } = test.databases
  await clickhouse.command(
    `ALTER TABLE ccu_samples DELETE WHERE network_id = '${networkId}' SETTINGS mutations_sync = 2`,
  )
  expect(await samples()).toEqual([])
  const [first, last] = totals.map((row) => row.at * 1_000)
  await createRebuildSamples(clickhouse)(networkId, first ?? 0, (last ?? 0) + MINUTE_MS)
  const toLine = ({ at: second, dimension, value, players, peak }: Sample): string =>
    `${second} ${dimension} ${value || '-'}: ${players}, at most ${peak}`
  expect((await samples()).map(toLine)).toEqual(live.map(toLine))
}, 240_000)
