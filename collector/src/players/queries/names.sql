-- Names that one player used, the newest first.
-- Parameters: networkId UUID, playerId UUID, most UInt32
-- Row: a name, and when the first and the last session with it began, in Unix milliseconds.
-- Served by: the projection by_player_order of network_sessions.
SELECT
  player_name AS name,
  toUnixTimestamp64Milli(min(started_at)) AS firstUsedAtMs,
  toUnixTimestamp64Milli(max(started_at)) AS lastUsedAtMs
FROM network_sessions
WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
GROUP BY player_name
ORDER BY lastUsedAtMs DESC, name
LIMIT {most:UInt32}
