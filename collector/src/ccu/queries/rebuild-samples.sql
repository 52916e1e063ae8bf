-- The samples of one network's minutes, computed from stored sessions: the running sum of starts and ends.
-- Minutes that were sampled at the time are left alone. Sessions count through the player's primary session only, as live.
-- Parameters: networkId UUID; fromMs and toMs Int64 (Unix milliseconds, whole minutes; the first is in, the last is not)
-- Served by: the order keys (network_id, started_at) and (network_id, dimension, sampled_at).
INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak, is_rebuilt)
WITH
  {fromMs:Int64} AS from_ms,
  {toMs:Int64} AS to_ms,
  -- The minute before the first sample belongs to that sample's peak.
  {fromMs:Int64} - 60000 AS first_ms,
  open_sessions AS (
    SELECT
      session_id, server_name, toString(platform) AS platform_name, device, country, domain, client_version,
      greatest(toUnixTimestamp64Milli(started_at), first_ms) AS start_ms,
      if(isNull(ended_at), to_ms, least(toUnixTimestamp64Milli(assumeNotNull(ended_at)), to_ms)) AS end_ms
    FROM network_sessions FINAL
    WHERE network_id = {networkId:UUID} AND NOT is_secondary
      AND started_at < fromUnixTimestamp64Milli(to_ms)
      AND (isNull(ended_at) OR ended_at > fromUnixTimestamp64Milli(first_ms))
  ),
  stays AS (
    SELECT
      stay.gamemode AS gamemode,
      greatest(toUnixTimestamp64Milli(stay.started_at), session.start_ms) AS start_ms,
      least(if(isNull(stay.ended_at), to_ms, toUnixTimestamp64Milli(assumeNotNull(stay.ended_at))), session.end_ms) AS end_ms
    FROM (
      SELECT session_id, gamemode, started_at, ended_at FROM gamemode_sessions FINAL
      WHERE network_id = {networkId:UUID} AND started_at < fromUnixTimestamp64Milli(to_ms)
    ) AS stay
    INNER JOIN open_sessions AS session ON session.session_id = stay.session_id
    WHERE end_ms > start_ms
  ),
  -- A player counts in every dimension: where no stay is known, the game mode is ''.
  changes AS (
    SELECT dimension, value, turn.1 AS at_ms, turn.2 * weight AS change
    FROM (
      SELECT place.1 AS dimension, place.2 AS value, 1 AS weight, start_ms, end_ms
      FROM open_sessions
      ARRAY JOIN [
        ('total', ''), ('server', toString(server_name)), ('gamemode', ''), ('platform', platform_name),
        ('device', toString(device)), ('country', toString(country)), ('domain', toString(domain)),
        ('version', toString(client_version))
      ] AS place
      UNION ALL
      SELECT 'gamemode' AS dimension, place.1 AS value, place.2 AS weight, start_ms, end_ms
      FROM stays
      ARRAY JOIN [(toString(gamemode), 1), ('', -1)] AS place
    )
    ARRAY JOIN [(start_ms, 1), (end_ms, -1)] AS turn
    WHERE end_ms > start_ms
    -- Minutes with nobody online are samples too.
    UNION ALL SELECT 'total', '', first_ms, 0
  ),
  instants AS (SELECT dimension, value, at_ms, sum(change) AS change FROM changes GROUP BY dimension, value, at_ms),
  running AS (
    SELECT
      dimension, value, at_ms, change,
      sum(change) OVER (PARTITION BY dimension, value ORDER BY at_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS online
    FROM instants
  ),
  minutes AS (
    SELECT
      dimension, value,
      toDateTime(intDiv(at_ms + 59999, 60000) * 60, 'UTC') AS minute,
      argMax(online, at_ms) AS players,
      max(greatest(online, online - change)) AS peak
    FROM running
    GROUP BY dimension, value, minute
  ),
  -- Between two changes the number stays what it was, and is the peak.
  filled AS (
    SELECT dimension, value, minute, players, peak
    FROM minutes
    ORDER BY dimension, value, minute
      WITH FILL FROM toDateTime(intDiv(first_ms, 1000), 'UTC') TO toDateTime(intDiv(to_ms, 1000), 'UTC') STEP 60
      INTERPOLATE (players)
  )
SELECT {networkId:UUID}, minute, dimension, value, toUInt32(players), toUInt32(greatest(players, peak)), true
FROM filled
WHERE minute >= toDateTime(intDiv(from_ms, 1000), 'UTC') AND minute < toDateTime(intDiv(to_ms, 1000), 'UTC')
  AND (dimension = 'total' OR greatest(players, peak) > 0)
  AND minute NOT IN (
    SELECT sampled_at FROM ccu_samples FINAL
    WHERE network_id = {networkId:UUID} AND dimension = 'total' AND NOT is_rebuilt
      AND sampled_at >= toDateTime(intDiv(from_ms, 1000), 'UTC') AND sampled_at < toDateTime(intDiv(to_ms, 1000), 'UTC')
  )
SETTINGS use_with_fill_by_sorting_prefix = 1
