-- Sessions of all networks whose latest row is open, for taking over or closing what a dead process left.
-- Not one network's: this is the collector's own housekeeping, and every row keeps its network.
-- Parameters: sinceMs Int64 (earliest start, Unix milliseconds), most UInt32 (rows at most)
-- Row: one session with its latest open stay, if it has one; times in Unix milliseconds.
-- Served by: the null map of ended_at is scanned from then on; after merges only open sessions are left in it.
WITH candidates AS (
  SELECT DISTINCT network_id, started_at, session_id
  FROM network_sessions
  WHERE started_at >= fromUnixTimestamp64Milli({sinceMs:Int64}) AND ended_at IS NULL
)
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
  toUnixTimestamp64Milli(max(s.received_at)) AS receivedAtMs
FROM network_sessions AS s
WHERE (s.network_id, s.started_at, s.session_id) IN (SELECT network_id, started_at, session_id FROM candidates)
GROUP BY s.network_id, s.started_at, s.session_id
HAVING isNull(argMax(tuple(s.ended_at), s.version).1)
ORDER BY s.started_at DESC
LIMIT {most:UInt32}
