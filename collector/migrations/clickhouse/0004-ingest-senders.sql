-- By whom what arrived was sent: the server, as far as it said who it is, and the key. Empty and zero where nobody knows.
ALTER TABLE ingest_minutes
  ADD COLUMN IF NOT EXISTS server_name LowCardinality(String),
  ADD COLUMN IF NOT EXISTS key_id UUID,
  MODIFY ORDER BY (network_id, minute, outcome, collector_id, server_name, key_id);
