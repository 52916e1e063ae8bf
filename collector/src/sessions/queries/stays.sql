-- Game mode sessions of the given sessions of one network.
-- Parameters: networkId UUID, fromMs Int64 and toMs Int64 (Unix milliseconds around all of them), sessions Array(UUID)
-- Row: one stay; times in Unix milliseconds, endedAtMs null while it goes on.
-- Served by: the order key (network_id, started_at).
SELECT
  toString(session_id) AS sessionId,
  ordinal,
  backend,
  gamemode,
  toUnixTimestamp64Milli(started_at) AS startedAtMs,
  if(isNull(ended_at), NULL, toUnixTimestamp64Milli(assumeNotNull(ended_at))) AS endedAtMs
FROM gamemode_sessions FINAL
WHERE network_id = {networkId:UUID}
  AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64})
  AND started_at <= fromUnixTimestamp64Milli({toMs:Int64})
  AND session_id IN {sessions:Array(UUID)}
ORDER BY session_id, ordinal
