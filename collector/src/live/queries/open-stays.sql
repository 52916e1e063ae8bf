-- The last stay of each of the given sessions, of all networks: the ids come from rows that keep their network.
-- Parameters: sinceMs Int64 (earliest start, Unix milliseconds), sessions Array(UUID)
-- Row: session id, the stay with the highest ordinal, its start in Unix milliseconds.
-- Served by: the order key from then on.
SELECT
  toString(network_id) AS networkId,
  toString(session_id) AS sessionId,
  max(ordinal) AS lastOrdinal,
  argMax(backend, (ordinal, version)) AS backend,
  argMax(gamemode, (ordinal, version)) AS gamemode,
  toUnixTimestamp64Milli(argMax(started_at, (ordinal, version))) AS startedAtMs
FROM gamemode_sessions
WHERE started_at >= fromUnixTimestamp64Milli({sinceMs:Int64}) AND session_id IN {sessions:Array(UUID)}
GROUP BY network_id, session_id
