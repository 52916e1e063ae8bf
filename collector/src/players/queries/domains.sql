-- Domains through which one player came, the one with most sessions first.
-- Parameters: networkId UUID, playerId UUID, most UInt32
-- Row: a domain, its sessions, their playtime in milliseconds (of those that ended), and when the last one began.
-- Served by: the projection by_player_order of network_sessions.
SELECT
  domain,
  count() AS sessions,
  sum(length_ms) AS playtimeMs,
  toUnixTimestamp64Milli(max(started_at)) AS lastUsedAtMs
FROM (
  SELECT
    domain, started_at, is_secondary,
    if(isNull(ended_at), 0, greatest(0, toUnixTimestamp64Milli(assumeNotNull(ended_at)) - toUnixTimestamp64Milli(started_at))) AS length_ms
  FROM network_sessions
  WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
  ORDER BY version DESC
  LIMIT 1 BY started_at, session_id
)
WHERE NOT is_secondary
GROUP BY domain
ORDER BY sessions DESC, domain
LIMIT {most:UInt32}
