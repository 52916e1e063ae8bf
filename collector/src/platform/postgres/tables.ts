import type { ColumnType } from 'kysely'

/** Tables of PostgreSQL as Kysely sees them; `collector/migrations/postgres` makes them. Instants are Unix milliseconds. */
export interface Tables {
  readonly networks: NetworksTable
  readonly servers: ServersTable
  readonly instances: InstancesTable
  readonly backends: BackendsTable
  readonly api_keys: ApiKeysTable
  readonly api_key_secrets: ApiKeySecretsTable
  readonly session_leases: SessionLeasesTable
  readonly last_watch: LastWatchTable
  readonly audit_log: AuditLogTable
}

export interface NetworksTable {
  id: string
  name: string
  time_zone: string
  currency: string
  resume_window_ms: number
  created_at_ms: number
  archived_at_ms: number | null
}

interface ServersTable {
  network_id: string
  name: string
  kind: 'proxy' | 'backend'
  software_name: string
  software_version: string
  sdk_name: string
  sdk_version: string
  first_seen_at_ms: number
  last_seen_at_ms: number
  left_at_ms: number | null
}

interface InstancesTable {
  network_id: string
  id: string
  server_name: string
  started_at_ms: number
  last_seen_at_ms: number
  clock_offset_ms: number
}

interface BackendsTable {
  network_id: string
  name: string
  gamemode: string
  first_seen_at_ms: number
}

interface ApiKeysTable {
  id: string
  network_id: string
  name: string
  gamemode: string | null
  created_at_ms: number
  revoked_at_ms: number | null
  last_used_at_ms: number | null
}

interface ApiKeySecretsTable {
  sha256: Buffer
  key_id: string
  last_four: string
  created_at_ms: number
  expires_at_ms: number | null
}

interface SessionLeasesTable {
  network_id: string
  session_id: string
  last_seen_at_ms: number
}

interface LastWatchTable {
  id: number
  at_ms: number
  network_ids: string[]
}

/** Append only: no column can be changed. */
interface AuditLogTable {
  id: Kept<string>
  at_ms: Kept<number>
  actor_kind: Kept<string>
  actor_id: Kept<string | null>
  address: Kept<string | null>
  request_id: Kept<string>
  action: Kept<string>
  network_id: Kept<string | null>
  target_kind: Kept<string>
  target_id: Kept<string | null>
  before: KeptJson
  after: KeptJson
  failure: Kept<string | null>
}

type Kept<Value> = ColumnType<Value, Value, never>
/** Written as text, read as what it says. */
type KeptJson = ColumnType<unknown, string | null, never>
