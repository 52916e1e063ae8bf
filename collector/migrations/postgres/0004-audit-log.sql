-- Who changed what, on what, when and from where. Written in the transaction of the change, or before a change outside
-- this database. Kinds and actions are closed lists of the collector, so that a new one needs no migration. No foreign
-- keys: an entry outlives what it tells of.
CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  at_ms bigint NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind ~ '^[a-z_]{1,32}$'),
  -- NULL for kinds that have no single ones, such as the operator.
  actor_id uuid,
  -- The network that the request came from, never its whole address; NULL when it is not known.
  address cidr CHECK (masklen(address) <= CASE family(address) WHEN 4 THEN 24 ELSE 48 END),
  request_id uuid NOT NULL,
  action text NOT NULL CHECK (action ~ '^[a-z_]{1,32}\.[a-z_]{1,32}$'),
  -- NULL for what concerns the whole installation.
  network_id uuid,
  target_kind text NOT NULL CHECK (target_kind ~ '^[a-z_]{1,32}$'),
  target_id text CHECK (length(target_id) <= 64),
  -- What differs, without secrets.
  before jsonb CHECK (octet_length(before::text) <= 8192),
  after jsonb CHECK (octet_length(after::text) <= 8192),
  -- Why the change that an earlier entry of the same request announced was not made; NULL for what was.
  failure text CHECK (length(failure) <= 64)
);
CREATE INDEX audit_log_newest ON audit_log (at_ms DESC, id DESC);
CREATE INDEX audit_log_newest_of_network ON audit_log (network_id, at_ms DESC, id DESC) WHERE network_id IS NOT NULL;

CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit_log is append only' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log();
-- Also where triggers are off, as for a replica.
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
