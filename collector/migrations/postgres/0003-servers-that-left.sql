-- When the server last said that it leaves. Before last_seen_at_ms when it came back since.
ALTER TABLE servers ADD COLUMN left_at_ms bigint;
