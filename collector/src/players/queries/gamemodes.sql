-- Game modes that one player played, the one with most time first. Backends say where a proxy does not: their sessions
-- count where no other does.
-- Parameters: networkId UUID, playerId UUID, most UInt32
-- Row: a game mode, stays in it, their time in milliseconds (of those that ended), and when the last one began.
-- Served by: the projection by_player_order of gamemode_sessions.
WITH stays AS (
  SELECT
    gamemode, started_at, is_secondary,
    if(isNull(ended_at), 0, greatest(0, toUnixTimestamp64Milli(assumeNotNull(ended_at)) - toUnixTimestamp64Milli(started_at))) AS length_ms
  FROM gamemode_sessions
  WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
  ORDER BY version DESC
  LIMIT 1 BY started_at, session_id, ordinal
)
SELECT
  gamemode,
  count() AS stays,
  sum(length_ms) AS playtimeMs,
  toUnixTimestamp64Milli(max(started_at)) AS lastPlayedAtMs
FROM stays
WHERE NOT is_secondary OR (SELECT count() FROM stays WHERE NOT is_secondary) = 0
GROUP BY gamemode
ORDER BY playtimeMs DESC, stays DESC, gamemode
LIMIT {most:UInt32}
