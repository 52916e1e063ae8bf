-- Gauges of one server by step.
-- Parameters: networkId UUID, server String, fromMs Int64 and toMs Int64 (Unix milliseconds), stepMs UInt32
-- Row: a step in which the server said something; what it did not say is null.
-- Served by: the order key (network_id, server_name, at).
SELECT
  intDiv(toUnixTimestamp64Milli(at), {stepMs:UInt32}) * {stepMs:UInt32} AS atMs,
  avg(g.players) AS players,
  avg(g.tps) AS tps,
  avg(mspt_mean) AS msptMean,
  max(mspt_p95) AS msptP95,
  max(memory_used_bytes) AS memoryUsedBytes,
  max(memory_max_bytes) AS memoryMaxBytes,
  avg(ping_mean_ms) AS pingMeanMs,
  max(spool_bytes) AS spoolBytes,
  max(spool_events) AS spoolEvents,
  max(dropped_events) AS droppedEvents
FROM gauges AS g FINAL
WHERE network_id = {networkId:UUID}
  AND server_name = {server:String}
  AND at >= fromUnixTimestamp64Milli({fromMs:Int64})
  AND at < fromUnixTimestamp64Milli({toMs:Int64})
GROUP BY atMs
ORDER BY atMs
