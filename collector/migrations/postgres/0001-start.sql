-- Instants are Unix milliseconds UTC (bigint); ids that we make are UUIDv7.

CREATE TABLE networks (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  time_zone text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  resume_window_ms integer NOT NULL CHECK (resume_window_ms BETWEEN 5000 AND 600000),
  created_at_ms bigint NOT NULL,
  archived_at_ms bigint
);

-- One Minecraft process that reports, known by the name that it gives itself.
CREATE TABLE servers (
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  kind text NOT NULL CHECK (kind IN ('proxy', 'backend')),
  software_name text NOT NULL,
  software_version text NOT NULL,
  sdk_name text NOT NULL,
  sdk_version text NOT NULL,
  first_seen_at_ms bigint NOT NULL,
  last_seen_at_ms bigint NOT NULL,
  PRIMARY KEY (network_id, name)
);

-- One boot of a reporting process. last_seen_at_ms is its heartbeat: where a session ends whose server never came back.
CREATE TABLE instances (
  network_id uuid NOT NULL,
  id uuid NOT NULL,
  server_name text NOT NULL,
  started_at_ms bigint NOT NULL,
  last_seen_at_ms bigint NOT NULL,
  clock_offset_ms bigint NOT NULL,
  PRIMARY KEY (network_id, id),
  FOREIGN KEY (network_id, server_name) REFERENCES servers (network_id, name) ON DELETE CASCADE
);
CREATE INDEX instances_last_seen ON instances (last_seen_at_ms);

-- Where players were seen, and the game mode that it counts as. By default that is its own name.
CREATE TABLE backends (
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 64),
  gamemode text NOT NULL CHECK (octet_length(gamemode) BETWEEN 1 AND 64),
  first_seen_at_ms bigint NOT NULL,
  PRIMARY KEY (network_id, name)
);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  -- NULL: the key reports for the whole network.
  gamemode text,
  created_at_ms bigint NOT NULL,
  revoked_at_ms bigint,
  last_used_at_ms bigint
);
CREATE INDEX api_keys_network ON api_keys (network_id);

-- The secrets of a key: one, or for a while two after a rotation.
CREATE TABLE api_key_secrets (
  sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
  key_id uuid NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
  last_four text NOT NULL CHECK (length(last_four) = 4),
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint
);
CREATE INDEX api_key_secrets_key ON api_key_secrets (key_id);

-- When sessions opened over HTTP were last mentioned; they are closed there when their lease runs out.
CREATE TABLE session_leases (
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  session_id uuid NOT NULL,
  last_seen_at_ms bigint NOT NULL,
  PRIMARY KEY (network_id, session_id)
);
