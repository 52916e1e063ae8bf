-- What is known of one player: when first and last seen, and totals of the stored sessions.
-- Parameters: networkId UUID, playerId UUID
-- Row: one, or none for a player who was never seen. Instants and spans in milliseconds; playtime of sessions that ended.
-- Served by: the order key of players; the projection by_player_order of network_sessions.
SELECT
  name,
  firstSeenAtMs,
  lastSeenAtMs,
  firstDomain,
  firstCountry,
  firstPlatform,
  sessions,
  playtimeMs,
  afkMs,
  longestMs,
  device,
  country,
  version
FROM (
  SELECT
    argMaxMerge(p.name) AS name,
    toUnixTimestamp64Milli(min(p.first_seen_at)) AS firstSeenAtMs,
    toUnixTimestamp64Milli(max(p.last_seen_at)) AS lastSeenAtMs,
    argMinMerge(p.first_domain) AS firstDomain,
    argMinMerge(p.first_country) AS firstCountry,
    argMinMerge(p.first_platform) AS firstPlatform
  FROM players AS p
  WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
  GROUP BY player_id
) AS seen
CROSS JOIN (
  SELECT
    countIf(NOT is_secondary) AS sessions,
    sumIf(length_ms, NOT is_secondary) AS playtimeMs,
    sumIf(afk_ms, NOT is_secondary) AS afkMs,
    maxIf(length_ms, NOT is_secondary) AS longestMs,
    argMax(device, started_at) AS device,
    argMax(country, started_at) AS country,
    argMax(client_version, (client_version != '', started_at)) AS version
  FROM (
    SELECT
      started_at, is_secondary, afk_ms, device, country, client_version,
      if(isNull(ended_at), 0, greatest(0, toUnixTimestamp64Milli(assumeNotNull(ended_at)) - toUnixTimestamp64Milli(started_at))) AS length_ms
    FROM network_sessions
    WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
    ORDER BY version DESC
    LIMIT 1 BY started_at, session_id
  )
) AS counted
