-- What somebody who approves a program gives it beyond permissions: the token's only network, and how long it lives.

ALTER TABLE device_requests
  ADD COLUMN network_id uuid REFERENCES networks (id) ON DELETE CASCADE,
  ADD COLUMN token_days integer CHECK (token_days BETWEEN 1 AND 365);
