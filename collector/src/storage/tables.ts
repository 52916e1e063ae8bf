/** Kinds of columns, as far as RowBinary tells them apart. */
export type ColumnKind =
  | 'uuid'
  | 'string'
  | 'uint8'
  | 'uint16-day'
  | 'uint32'
  | 'uint32-seconds'
  | 'int64-ms'
  | 'uint64'
  | 'float32'
  | { readonly nullable: 'int64-ms' | 'uint32' | 'uint64' | 'float32' }

/** Columns in the order in which rows are written; `collector/migrations/clickhouse` makes the tables. */
export const TABLES = {
  network_sessions: {
    network_id: 'uuid',
    session_id: 'uuid',
    player_id: 'uuid',
    player_name: 'string',
    server_name: 'string',
    server_kind: 'uint8',
    instance_id: 'uuid',
    started_at: 'int64-ms',
    ended_at: { nullable: 'int64-ms' },
    end_reason: 'uint8',
    afk_ms: 'uint32',
    domain: 'string',
    platform: 'uint8',
    device: 'string',
    country: 'string',
    protocol_version: 'uint32',
    client_version: 'string',
    is_secondary: 'uint8',
    first_day: 'uint16-day',
    last_day: 'uint16-day',
    received_at: 'int64-ms',
    version: 'uint64',
  },
  gamemode_sessions: {
    network_id: 'uuid',
    session_id: 'uuid',
    ordinal: 'uint32',
    player_id: 'uuid',
    server_name: 'string',
    backend: 'string',
    gamemode: 'string',
    started_at: 'int64-ms',
    ended_at: { nullable: 'int64-ms' },
    domain: 'string',
    platform: 'uint8',
    device: 'string',
    country: 'string',
    client_version: 'string',
    is_secondary: 'uint8',
    received_at: 'int64-ms',
    version: 'uint64',
  },
  // What is the same in all rows of a batch comes first, then what has a fixed size.
  events: {
    network_id: 'uuid',
    received_at: 'int64-ms',
    server_name: 'string',
    kind: 'uint8',
    event_id: 'uuid',
    session_id: 'uuid',
    player_id: 'uuid',
    at: 'int64-ms',
    name: 'string',
    properties: 'string',
  },
  player_days: {
    network_id: 'uuid',
    day: 'uint16-day',
    player_id: 'uuid',
    first_seen_at: 'int64-ms',
    last_seen_at: 'int64-ms',
  },
  ccu_samples: {
    network_id: 'uuid',
    sampled_at: 'uint32-seconds',
    dimension: 'uint8',
    value: 'string',
    players: 'uint32',
    peak: 'uint32',
  },
  gauges: {
    network_id: 'uuid',
    server_name: 'string',
    instance_id: 'uuid',
    at: 'int64-ms',
    players: { nullable: 'uint32' },
    tps: { nullable: 'float32' },
    mspt_mean: { nullable: 'float32' },
    mspt_p95: { nullable: 'float32' },
    memory_used_bytes: { nullable: 'uint64' },
    memory_max_bytes: { nullable: 'uint64' },
    ping_mean_ms: { nullable: 'float32' },
    spool_bytes: { nullable: 'uint64' },
    spool_events: { nullable: 'uint64' },
    dropped_events: { nullable: 'uint64' },
  },
  dead_letters: {
    network_id: 'uuid',
    dead_letter_id: 'uuid',
    received_at: 'int64-ms',
    server_name: 'string',
    key_id: 'uuid',
    source: 'uint8',
    code: 'string',
    reason: 'string',
    payload: 'string',
    state: 'uint8',
    version: 'uint64',
  },
  gaps: {
    network_id: 'uuid',
    server_name: 'string',
    started_at: 'int64-ms',
    ended_at: 'int64-ms',
    reason: 'uint8',
    lost_events: 'uint64',
  },
  ingest_minutes: {
    network_id: 'uuid',
    minute: 'uint32-seconds',
    outcome: 'string',
    collector_id: 'uuid',
    events: 'uint64',
    server_name: 'string',
    key_id: 'uuid',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>

export type TableName = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]

export function columnsOf(table: TableName): string[] {
  return Object.keys(TABLES[table])
}
