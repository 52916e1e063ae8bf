-- Dead letters of one network that wait for a decision.
-- Parameters: networkId UUID
-- Row: letters
-- Served by: the order key (network_id, received_at).
SELECT toUInt64(count()) AS letters
FROM dead_letters FINAL
WHERE network_id = {networkId:UUID} AND state = 'kept'
