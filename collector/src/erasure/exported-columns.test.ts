import { expect, it } from 'vitest'
import { exportedColumns } from './exported-columns.ts'

it.each([
  ['started_at', "DateTime64(3, 'UTC')", "toUnixTimestamp64Milli(toDateTime64(t.started_at, 3, 'UTC')) AS startedAtMs"],
  [
    'first_seen_at',
    "SimpleAggregateFunction(min, DateTime64(3, 'UTC'))",
    "toUnixTimestamp64Milli(toDateTime64(t.first_seen_at, 3, 'UTC')) AS firstSeenAtMs",
  ],
  ['name', "AggregateFunction(argMax, String, DateTime64(3, 'UTC'))", 'finalizeAggregation(t.name) AS name'],
  [
    'first_platform',
    "AggregateFunction(argMin, Enum8('java' = 1), DateTime64(3, 'UTC'))",
    'toString(finalizeAggregation(t.first_platform)) AS firstPlatform',
  ],
  ['platform', "Enum8('java' = 1, 'bedrock' = 2)", 'toString(t.platform) AS platform'],
  ['day', 'Date', 'toString(t.day) AS day'],
  ['player_id', 'UUID', "nullIf(toString(t.player_id), '00000000-0000-0000-0000-000000000000') AS playerId"],
  ['afk_ms', 'UInt32', 't.afk_ms AS afkMs'],
  ['network_id', 'UUID', ''],
  ['version', 'UInt64', ''],
])('shows %s (%s) as the API does', (name, type, expected) => {
  expect(exportedColumns([{ name, type }])).toBe(expected)
})
