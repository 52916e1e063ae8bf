-- When each network was last sampled, for finding the gap that a stopped collector left.
-- All networks: the collector's own housekeeping; every row keeps its network.
-- Parameters: sinceSeconds UInt32 (Unix seconds)
-- Row: network id, Unix milliseconds of its last sample.
-- Served by: partitions; the order key within each network.
SELECT toString(network_id) AS networkId, toUInt64(toUnixTimestamp(max(sampled_at))) * 1000 AS atMs
FROM ccu_samples
WHERE dimension = 'total' AND NOT is_rebuilt AND sampled_at >= toDateTime({sinceSeconds:UInt32}, 'UTC')
GROUP BY network_id
