-- One session of one network, with its latest stay, for senders that only know its id.
-- Parameters: networkId UUID, sessionId UUID, sinceMs Int64 (earliest start, Unix milliseconds)
-- Row: as in live/queries/open-sessions.sql, and isEnded.
-- Served by: the bloom filter by_session.
SELECT
  toString(s.network_id) AS networkId,
  toString(s.session_id) AS sessionId,
  toString(argMax(s.player_id, s.version)) AS playerId,
  argMax(s.player_name, s.version) AS playerName,
  argMax(s.server_name, s.version) AS serverName,
  argMax(s.server_kind, s.version) AS serverKind,
  toString(argMax(s.instance_id, s.version)) AS instanceId,
  toUnixTimestamp64Milli(s.started_at) AS startedAtMs,
  argMax(s.domain, s.version) AS domain,
  argMax(s.platform, s.version) AS platform,
  argMax(s.device, s.version) AS device,
  argMax(s.country, s.version) AS country,
  argMax(s.protocol_version, s.version) AS protocolVersion,
  argMax(s.client_version, s.version) AS clientVersion,
  argMax(s.is_secondary, s.version) AS isSecondary,
  toUnixTimestamp64Milli(max(s.received_at)) AS receivedAtMs,
  -- What the collector closed by itself may still be ended by its sender.
  isNotNull(argMax(tuple(s.ended_at), s.version).1) AND max(s.version) = 18446744073709551615 AS isEnded
FROM network_sessions AS s
WHERE s.network_id = {networkId:UUID}
  AND s.session_id = {sessionId:UUID}
  AND s.started_at >= fromUnixTimestamp64Milli({sinceMs:Int64})
GROUP BY s.network_id, s.started_at, s.session_id
LIMIT 1
