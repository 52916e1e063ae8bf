-- What became of what arrived at one network, by step.
-- Parameters: networkId UUID, fromMs Int64 and toMs Int64 (Unix milliseconds, whole minutes), stepMs UInt32
-- Row: an outcome ('accepted' or a code) in a step, and how many events or frames.
-- Served by: the order key (network_id, minute).
SELECT
  outcome,
  intDiv(toUnixTimestamp(minute) * 1000, {stepMs:UInt32}) * {stepMs:UInt32} AS atMs,
  sum(m.events) AS events
FROM ingest_minutes AS m FINAL
WHERE network_id = {networkId:UUID}
  AND minute >= toDateTime(intDiv({fromMs:Int64}, 1000), 'UTC')
  AND minute < toDateTime(intDiv({toMs:Int64}, 1000), 'UTC')
GROUP BY outcome, atMs
ORDER BY outcome, atMs
