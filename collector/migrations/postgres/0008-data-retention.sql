-- For how many days a network keeps rows of single players and servers.

ALTER TABLE networks
  -- NULL: for ever.
  ADD COLUMN data_retention_days integer CHECK (data_retention_days BETWEEN 30 AND 3650),
  -- When rows are first removed by the present setting.
  ADD COLUMN data_retention_from_ms bigint,
  -- What is older was removed, or is being removed. It never goes back.
  ADD COLUMN data_removed_before_ms bigint,
  ADD CHECK ((data_retention_days IS NULL) = (data_retention_from_ms IS NULL));
