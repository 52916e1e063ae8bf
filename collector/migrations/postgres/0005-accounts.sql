-- People, how they prove who they are, and what they may do where. Of every secret only its SHA-256 is stored; passwords
-- are hashed with Argon2id.

CREATE TABLE users (
  id uuid PRIMARY KEY,
  -- As it was typed, without spaces around it; compared without regard to case.
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  -- Owners of the installation create networks and manage users.
  owns_installation boolean NOT NULL DEFAULT false,
  created_at_ms bigint NOT NULL,
  last_signed_in_at_ms bigint,
  -- Cannot sign in, and no token of theirs works.
  disabled_at_ms bigint,
  -- When the account and all that belongs to it will be removed; NULL while nobody asked for it.
  delete_at_ms bigint
);
CREATE UNIQUE INDEX users_email ON users (lower(email));

-- One way of proving who one is. Others (an account elsewhere) will get tables of their own beside it.
CREATE TABLE passwords (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  hash text NOT NULL CHECK (length(hash) <= 256),
  changed_at_ms bigint NOT NULL
);

-- Links that work once: to set the installation up, or to choose a password.
CREATE TABLE one_time_links (
  sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
  kind text NOT NULL CHECK (kind IN ('setup', 'password')),
  user_id uuid REFERENCES users (id) ON DELETE CASCADE CHECK ((user_id IS NULL) = (kind = 'setup')),
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL
);
CREATE INDEX one_time_links_user ON one_time_links (user_id);

CREATE TABLE sign_in_sessions (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  sha256 bytea NOT NULL UNIQUE CHECK (length(sha256) = 32),
  -- The secret before the present one: good for requests that were on their way when it was replaced.
  earlier_sha256 bytea UNIQUE CHECK (length(earlier_sha256) = 32),
  earlier_until_ms bigint,
  -- The next request gets a new secret, since what its owner may do has changed.
  is_to_be_renewed boolean NOT NULL DEFAULT false,
  created_at_ms bigint NOT NULL,
  last_seen_at_ms bigint NOT NULL,
  -- Slides with use, up to ends_at_ms.
  expires_at_ms bigint NOT NULL,
  ends_at_ms bigint NOT NULL,
  user_agent text NOT NULL CHECK (length(user_agent) <= 256),
  address cidr CHECK (masklen(address) <= CASE family(address) WHEN 4 THEN 24 ELSE 48 END),
  country text NOT NULL CHECK (length(country) <= 2)
);
CREATE INDEX sign_in_sessions_user ON sign_in_sessions (user_id);

-- Tokens for scripts and the command line.
CREATE TABLE tokens (
  id uuid PRIMARY KEY,
  -- NULL: the operator's of a data directory, which name tells.
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  sha256 bytea NOT NULL UNIQUE CHECK (length(sha256) = 32),
  last_four text NOT NULL CHECK (length(last_four) = 4),
  -- What it allows at most. Empty for the operator's, who may do everything.
  permissions text[] NOT NULL,
  -- The only network that it is for; NULL for all.
  network_id uuid REFERENCES networks (id) ON DELETE CASCADE,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint,
  revoked_at_ms bigint,
  last_used_at_ms bigint
);
CREATE INDEX tokens_user ON tokens (user_id);

-- Programs that ask for a token, which somebody approves in a browser (RFC 8628).
CREATE TABLE device_requests (
  device_sha256 bytea PRIMARY KEY CHECK (length(device_sha256) = 32),
  user_code text NOT NULL UNIQUE CHECK (length(user_code) = 8),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  permissions text[] NOT NULL,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  address cidr CHECK (masklen(address) <= CASE family(address) WHEN 4 THEN 24 ELSE 48 END),
  country text NOT NULL CHECK (length(country) <= 2),
  -- When it may be asked again at the earliest; grows with every question that comes too early.
  next_poll_at_ms bigint NOT NULL,
  interval_ms integer NOT NULL,
  decided_by uuid REFERENCES users (id) ON DELETE CASCADE,
  is_approved boolean CHECK ((is_approved IS NULL) = (decided_by IS NULL))
);
CREATE INDEX device_requests_expires ON device_requests (expires_at_ms);

-- Roles that a network made for itself, beside those that every network has.
CREATE TABLE roles (
  id uuid PRIMARY KEY,
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
  permissions text[] NOT NULL,
  created_at_ms bigint NOT NULL,
  UNIQUE (id, network_id)
);
CREATE UNIQUE INDEX roles_name ON roles (network_id, lower(name));

CREATE TABLE members (
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- One of the roles that every network has, or one of its own.
  built_in_role text CHECK (built_in_role IN ('owner', 'admin', 'analyst', 'viewer')),
  role_id uuid,
  joined_at_ms bigint NOT NULL,
  PRIMARY KEY (network_id, user_id),
  -- A role that somebody has cannot be deleted, and is never another network's.
  FOREIGN KEY (role_id, network_id) REFERENCES roles (id, network_id),
  CHECK ((built_in_role IS NULL) <> (role_id IS NULL))
);
CREATE INDEX members_user ON members (user_id);

CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  network_id uuid NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
  -- The only person who may accept it.
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  built_in_role text CHECK (built_in_role IN ('owner', 'admin', 'analyst', 'viewer')),
  role_id uuid,
  sha256 bytea NOT NULL UNIQUE CHECK (length(sha256) = 32),
  -- NULL when the operator sent it.
  sent_by uuid REFERENCES users (id) ON DELETE CASCADE,
  created_at_ms bigint NOT NULL,
  expires_at_ms bigint NOT NULL,
  FOREIGN KEY (role_id, network_id) REFERENCES roles (id, network_id),
  CHECK ((built_in_role IS NULL) <> (role_id IS NULL))
);
CREATE INDEX invitations_network ON invitations (network_id);
-- One open invitation for a person and a network: a new one replaces it.
CREATE UNIQUE INDEX invitations_email ON invitations (network_id, lower(email));

-- When the network and everything of it will be removed; NULL while nobody asked for it.
ALTER TABLE networks ADD COLUMN delete_at_ms bigint;
