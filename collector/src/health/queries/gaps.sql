-- Gaps in the numbers of one network that lie in a range, at least in part; the first first.
-- Parameters: networkId UUID, fromMs Int64, toMs Int64 (Unix milliseconds), most UInt32
-- Row: a gap; an empty server means the whole network.
-- Served by: the order key (network_id, started_at); there are few.
SELECT
  server_name AS server,
  toUnixTimestamp64Milli(started_at) AS fromMs,
  toUnixTimestamp64Milli(ended_at) AS toMs,
  reason,
  lost_events AS lostEvents
FROM gaps FINAL
WHERE network_id = {networkId:UUID}
  AND started_at < fromUnixTimestamp64Milli({toMs:Int64})
  AND ended_at > fromUnixTimestamp64Milli({fromMs:Int64})
ORDER BY started_at, server_name, reason
LIMIT {most:UInt32}
