-- Where players of one network were during some of their sessions.
-- Parameters: networkId UUID, players Array(UUID), sessions Array(UUID), fromMs Int64, toMs Int64 (Unix milliseconds)
-- Row: the beginning of a stay, and its game mode; in their order.
-- Served by: the projection by_player_order of gamemode_sessions.
SELECT
  toString(session_id) AS sessionId,
  toUnixTimestamp64Milli(started_at) AS startedAtMs,
  argMax(gamemode, version) AS gamemode
FROM gamemode_sessions
WHERE network_id = {networkId:UUID}
  AND player_id IN {players:Array(UUID)}
  AND session_id IN {sessions:Array(UUID)}
  AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64})
  AND started_at <= fromUnixTimestamp64Milli({toMs:Int64})
GROUP BY session_id, started_at, ordinal
ORDER BY session_id, started_at, ordinal
