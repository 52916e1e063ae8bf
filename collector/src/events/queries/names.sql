-- Names of events of one network in a range, the most frequent first.
-- Parameters: networkId UUID, fromMs Int64, beforeMs Int64 (Unix milliseconds), most UInt32
-- Row: a name of a kind, how many events, and when the last one was, in Unix milliseconds.
-- Served by: the order key (network_id, day, name, at).
SELECT name, kind, count() AS events, toUnixTimestamp64Milli(max(at)) AS lastAtMs
FROM events FINAL
WHERE network_id = {networkId:UUID}
  AND at >= fromUnixTimestamp64Milli({fromMs:Int64})
  AND at < fromUnixTimestamp64Milli({beforeMs:Int64})
GROUP BY name, kind
ORDER BY events DESC, name, kind
LIMIT {most:UInt32}
