-- Who sent what to one network: by server and key, those with most refusals first.
-- Parameters: networkId UUID, fromMs Int64 and toMs Int64 (Unix milliseconds, whole minutes), most UInt32
-- Row: a sender ('' and zeros where it is not known), and by outcome how many events or frames.
-- Served by: the order key (network_id, minute).
SELECT
  server_name AS server,
  toString(key_id) AS keyId,
  sumMap(map(toString(outcome), m.events)) AS outcomes,
  toUnixTimestamp(max(minute)) * 1000 AS lastAtMs,
  toUnixTimestamp(maxIf(minute, outcome NOT IN ('accepted', 'duplicate', 'unknown_type'))) * 1000 AS lastRefusedAtMs,
  sumIf(m.events, outcome NOT IN ('accepted', 'duplicate', 'unknown_type')) AS refused
FROM ingest_minutes AS m FINAL
WHERE network_id = {networkId:UUID}
  AND minute >= toDateTime(intDiv({fromMs:Int64}, 1000), 'UTC')
  AND minute < toDateTime(intDiv({toMs:Int64}, 1000), 'UTC')
GROUP BY server_name, key_id
ORDER BY refused DESC, lastAtMs DESC, server, keyId
LIMIT {most:UInt32}
