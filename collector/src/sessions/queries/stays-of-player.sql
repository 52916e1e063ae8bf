-- Game mode sessions of the given sessions of one player.
-- Parameters: networkId UUID, player UUID, fromMs Int64 and toMs Int64 (Unix milliseconds around all of them), sessions Array(UUID)
-- Row: one stay; times in Unix milliseconds, endedAtMs null while it goes on.
-- Served by: the projection by_player_order, which FINAL would pass by.
SELECT
  toString(session_id) AS sessionId,
  ordinal,
  backend,
  gamemode,
  toUnixTimestamp64Milli(started_at) AS startedAtMs,
  if(isNull(ended_at), NULL, toUnixTimestamp64Milli(assumeNotNull(ended_at))) AS endedAtMs
FROM (
  SELECT session_id, ordinal, backend, gamemode, started_at, ended_at
  FROM gamemode_sessions
  WHERE network_id = {networkId:UUID}
    AND player_id = {player:UUID}
    AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64})
    AND started_at <= fromUnixTimestamp64Milli({toMs:Int64})
    AND session_id IN {sessions:Array(UUID)}
  ORDER BY version DESC
  LIMIT 1 BY session_id, started_at, ordinal
)
ORDER BY sessionId, ordinal
