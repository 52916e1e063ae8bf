-- The samples of one network's minutes, computed from stored sessions: the running sum of starts and ends.
-- Minutes that were sampled at the time are left alone. A player counts once, as live (live/presence.ts): through the
-- best of the sessions that are open at the instant, a proxy's before a backend's, then the one that began last; the game
-- mode is that of the best session that knows one. Whether a row is marked secondary does not matter.
-- Parameters: networkId UUID; fromMs and toMs Int64 (Unix milliseconds, whole minutes; the first is in, the last is not)
-- Served by: the order keys (network_id, started_at) and (network_id, dimension, sampled_at).
INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak, is_rebuilt)
WITH
  {fromMs:Int64} AS from_ms,
  {toMs:Int64} AS to_ms,
  -- The minute before the first sample belongs to that sample's peak.
  {fromMs:Int64} - 60000 AS first_ms,
  -- No session is longer (LIMITS.sessionMsMax).
  fromUnixTimestamp64Milli({fromMs:Int64} - 60000 - 31 * 86400000) AS oldest,
  -- `rank` is smaller for a better session.
  open_sessions AS (
    SELECT
      session_id, player_id, server_name, toString(platform) AS platform_name, device, country, domain, client_version,
      (server_kind = 'backend', -toUnixTimestamp64Milli(started_at), toString(session_id)) AS rank,
      greatest(toUnixTimestamp64Milli(started_at), first_ms) AS start_ms,
      if(isNull(ended_at), to_ms, least(toUnixTimestamp64Milli(assumeNotNull(ended_at)), to_ms)) AS end_ms
    FROM network_sessions FINAL
    WHERE network_id = {networkId:UUID}
      AND started_at >= oldest AND started_at < fromUnixTimestamp64Milli(to_ms)
      AND (isNull(ended_at) OR ended_at > fromUnixTimestamp64Milli(first_ms))
  ),
  stays AS (
    SELECT
      session.player_id AS player_id, session.rank AS rank, stay.gamemode AS gamemode,
      greatest(toUnixTimestamp64Milli(stay.started_at), session.start_ms) AS start_ms,
      least(if(isNull(stay.ended_at), to_ms, toUnixTimestamp64Milli(assumeNotNull(stay.ended_at))), session.end_ms) AS end_ms
    FROM (
      SELECT session_id, gamemode, started_at, ended_at FROM gamemode_sessions FINAL
      WHERE network_id = {networkId:UUID}
        AND started_at >= oldest AND started_at < fromUnixTimestamp64Milli(to_ms)
        AND gamemode != ''
    ) AS stay
    INNER JOIN open_sessions AS session ON session.session_id = stay.session_id
  ),
  -- What a player counts under and how much, and when. A player counts in every dimension: where no stay is known, the
  -- game mode is '', which a stay takes back.
  spans AS (
    SELECT
      player_id, 0 AS is_stay, rank, start_ms, end_ms,
      [
        ('total', '', 1), ('server', toString(server_name), 1), ('gamemode', '', 1), ('platform', platform_name, 1),
        ('device', toString(device), 1), ('country', toString(country), 1), ('domain', toString(domain), 1),
        ('version', toString(client_version), 1)
      ] AS places
    FROM open_sessions WHERE end_ms > start_ms
    UNION ALL
    SELECT player_id, 1, rank, start_ms, end_ms, [('gamemode', toString(gamemode), 1), ('gamemode', '', -1)]
    FROM stays WHERE end_ms > start_ms
  ),
  -- Spans of a player that overlap, directly or through others, have one number.
  numbered AS (
    SELECT *, sum(is_apart) OVER (PARTITION BY is_stay, player_id ORDER BY start_ms, rank) AS cluster
    FROM (
      SELECT
        *,
        start_ms >= max(end_ms) OVER (
          PARTITION BY is_stay, player_id ORDER BY start_ms, rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS is_apart
      FROM spans
    )
  ),
  -- Between two ends of overlapping spans, the best one counts.
  counted AS (
    SELECT piece.1 AS start_ms, piece.2 AS end_ms, piece.3 AS places
    FROM (
      SELECT
        arraySort(span -> span.1, groupArray((rank, start_ms, end_ms, places))) AS ranked,
        arraySort(arrayDistinct(arrayConcat(ranked.2, ranked.3))) AS edges,
        arrayMap(
          (from, to) -> (from, to, arrayFirst(span -> span.2 <= from AND span.3 > from, ranked).4),
          arrayPopBack(edges), arrayPopFront(edges)
        ) AS pieces
      FROM numbered
      GROUP BY is_stay, player_id, cluster
    )
    ARRAY JOIN pieces AS piece
  ),
  changes AS (
    SELECT place.1 AS dimension, place.2 AS value, turn.1 AS at_ms, turn.2 * place.3 AS change
    FROM counted
    ARRAY JOIN places AS place
    ARRAY JOIN [(start_ms, 1), (end_ms, -1)] AS turn
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
