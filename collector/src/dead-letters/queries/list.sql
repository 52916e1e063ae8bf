-- Dead letters of one network in one state, newest first.
-- Parameters: networkId UUID, state String, code String ('' for all), id String ('' for all), beforeMs Int64, limit UInt32
-- Row: one letter; instants in Unix milliseconds, payload as the text of a JSON value or ''.
-- Served by: the order key (network_id, received_at).
SELECT
  toString(dead_letter_id) AS id,
  toUnixTimestamp64Milli(received_at) AS receivedAtMs,
  server_name AS server,
  toString(key_id) AS keyId,
  source,
  code,
  reason,
  payload,
  state
FROM dead_letters FINAL
WHERE network_id = {networkId:UUID}
  AND received_at < fromUnixTimestamp64Milli({beforeMs:Int64})
  AND ({state:String} = '' OR toString(state) = {state:String})
  AND ({code:String} = '' OR code = {code:String})
  AND ({id:String} = '' OR toString(dead_letter_id) = {id:String})
ORDER BY received_at DESC, dead_letter_id DESC
LIMIT {limit:UInt32}
