import type { ClickHouse } from '../../src/platform/clickhouse/client.ts'

/** What is loaded, spread over the days before `untilMs`. */
export interface DataSet {
  readonly networkId: string
  readonly untilMs: number
  readonly days: number
  readonly players: number
  readonly sessions: number
  readonly events: number
}

const DAY_MS = 86_400_000

/** Loads sessions, stays and events a day at a time, as a collector would have: views, projections and indexes see them. */
export async function loadDataSet(clickhouse: ClickHouse, set: DataSet): Promise<void> {
  const sessions = Math.ceil(set.sessions / set.days)
  const events = Math.ceil(set.events / set.days)
  for (let day = 0; day < set.days; day++) {
    const fromMs = set.untilMs - (set.days - day) * DAY_MS
    const parameters = { networkId: set.networkId, fromMs, players: set.players }
    const first = day * sessions
    await clickhouse.command(SESSIONS, { ...parameters, first, rows: sessions })
    await clickhouse.command(STAYS, { ...parameters, first, rows: sessions })
    await clickhouse.command(EVENTS, { ...parameters, first: day * events, rows: events })
    await clickhouse.command(SAMPLES, { networkId: set.networkId, fromMs })
  }
}

/** Columns that sessions, stays and events have in common: a session by its number. */
const SESSION = `
  intHash64(number) AS h,
  toUInt64({players:UInt32} * pow((h % 1000003) / 1000003, 2)) AS player,
  reinterpretAsUUID(concat(reinterpretAsFixedString(intHash64(player + 1000000000)), reinterpretAsFixedString(intHash64(player + 2000000000)))) AS player_id,
  reinterpretAsUUID(concat(reinterpretAsFixedString(h), reinterpretAsFixedString(intHash64(h)))) AS session_id,
  {fromMs:Int64} + (h % 86000000) AS start_ms,
  60000 + intHash64(h + 1) % 5400000 AS length_ms,
  player % 5 = 0 AS is_bedrock,
  ['play.example.net', 'eu.example.net', 'yt.example.net', 'mc.example.org', ''][1 + intHash64(player + 3) % 5] AS domain,
  ['DE', 'US', 'FR', 'NL', 'GB', 'PL', 'BR', ''][1 + intHash64(player + 4) % 8] AS country`

const SESSIONS = `INSERT INTO network_sessions
SELECT {networkId:UUID}, session_id, player_id, concat('Player_', toString(player)), 'proxy-1', 'proxy',
  {networkId:UUID}, fromUnixTimestamp64Milli(start_ms::Int64), fromUnixTimestamp64Milli((start_ms + length_ms)::Int64), 'quit',
  length_ms / 10, domain, if(is_bedrock, 'bedrock', 'java'), if(is_bedrock, 'android', ''), country, 774, '1.21.11', false,
  toDate(fromUnixTimestamp64Milli(start_ms::Int64)), toDate(fromUnixTimestamp64Milli((start_ms + length_ms)::Int64)),
  fromUnixTimestamp64Milli((start_ms + length_ms)::Int64), 18446744073709551615
FROM (SELECT number, ${SESSION} FROM numbers({first:UInt64}, {rows:UInt64}))`

const STAYS = `INSERT INTO gamemode_sessions
SELECT {networkId:UUID}, session_id, ordinal, player_id, 'proxy-1', gamemode, gamemode,
  fromUnixTimestamp64Milli((start_ms + ordinal * 20000)::Int64),
  fromUnixTimestamp64Milli((if(ordinal = 0, start_ms + 20000, start_ms + length_ms))::Int64),
  domain, if(is_bedrock, 'bedrock', 'java'), if(is_bedrock, 'android', ''), country, '1.21.11', false,
  fromUnixTimestamp64Milli((start_ms + length_ms)::Int64), 18446744073709551615
FROM (SELECT number, ${SESSION},
  arrayJoin([0, 1]) AS ordinal,
  if(ordinal = 0, 'lobby', ['survival', 'skyblock', 'bedwars', 'creative'][1 + intHash64(h + 5) % 4]) AS gamemode
  FROM numbers({first:UInt64}, {rows:UInt64}))`

const EVENTS = `INSERT INTO events
SELECT {networkId:UUID},
  reinterpretAsUUID(concat(reinterpretAsFixedString(intHash64(h + 7)), reinterpretAsFixedString(h))), 'custom',
  ['crate_opened', 'quest_complete', 'vote', 'kill', 'death', 'shop_buy', 'level_up', 'boss_defeated'][1 + toUInt8(sqrt(h % 64))],
  fromUnixTimestamp64Milli((start_ms + intHash64(h + 8) % length_ms)::Int64), session_id, player_id, 'proxy-1',
  concat('{"crate":"', ['common', 'rare', 'legendary'][1 + h % 3], '","keys":', toString(h % 9), '}'),
  fromUnixTimestamp64Milli((start_ms + length_ms)::Int64)
FROM (SELECT number, ${SESSION} FROM numbers({first:UInt64}, {rows:UInt64}))`

/** A sample a minute: in all, and by game mode. */
const SAMPLES = `INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak)
SELECT {networkId:UUID}, toDateTime(intDiv({fromMs:Int64}, 60000) * 60 + 60 * number), if(value = '', 'total', 'gamemode'), value,
  500 + intHash64(number) % 100, 600 + intHash64(number) % 100
FROM numbers(1440)
ARRAY JOIN ['', 'lobby', 'survival', 'skyblock', 'bedwars', 'creative'] AS value`
