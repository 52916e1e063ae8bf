import type { ColumnType, Generated } from 'kysely'

/** Tables of PostgreSQL as Kysely sees them; `collector/migrations/postgres` makes them. Instants are Unix milliseconds. */
export interface Tables {
  readonly networks: NetworksTable
  readonly demo_networks: DemoNetworksTable
  readonly servers: ServersTable
  readonly instances: InstancesTable
  readonly backends: BackendsTable
  readonly opt_outs: OptOutsTable
  readonly api_keys: ApiKeysTable
  readonly api_key_secrets: ApiKeySecretsTable
  readonly session_leases: SessionLeasesTable
  readonly last_watch: LastWatchTable
  readonly audit_log: AuditLogTable
  readonly users: UsersTable
  readonly passwords: PasswordsTable
  readonly one_time_links: OneTimeLinksTable
  readonly sign_in_sessions: SignInSessionsTable
  readonly tokens: TokensTable
  readonly device_requests: DeviceRequestsTable
  readonly roles: RolesTable
  readonly members: MembersTable
  readonly invitations: InvitationsTable
}

export interface NetworksTable {
  id: string
  name: string
  time_zone: string
  currency: string
  resume_window_ms: number
  created_at_ms: number
  archived_at_ms: number | null
  delete_at_ms: number | null
  is_demo: Generated<boolean>
}

export interface DemoNetworksTable {
  network_id: string
  days: number
  phase: 'starting' | 'history' | 'storing' | 'rebuilding' | 'live' | 'failed'
  history_share: number
  sessions: number
  events: number
  failure: string | null
  loaded_at_ms: number | null
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

/** Players who opted out of being recorded. */
interface OptOutsTable {
  network_id: string
  player_id: string
  opted_out_at_ms: number
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

export interface UsersTable {
  id: string
  email: string
  name: string
  owns_installation: boolean
  created_at_ms: number
  last_signed_in_at_ms: number | null
  disabled_at_ms: number | null
  delete_at_ms: number | null
}

interface PasswordsTable {
  user_id: string
  hash: string
  changed_at_ms: number
}

interface OneTimeLinksTable {
  sha256: Buffer
  kind: 'setup' | 'password'
  user_id: string | null
  created_at_ms: number
  expires_at_ms: number
}

export interface SignInSessionsTable {
  id: string
  user_id: string
  sha256: Buffer
  earlier_sha256: Buffer | null
  earlier_until_ms: number | null
  is_to_be_renewed: boolean
  created_at_ms: number
  last_seen_at_ms: number
  expires_at_ms: number
  ends_at_ms: number
  user_agent: string
  address: string | null
  country: string
}

export interface TokensTable {
  id: string
  user_id: string | null
  name: string
  sha256: Buffer
  last_four: string
  permissions: string[]
  network_id: string | null
  created_at_ms: number
  expires_at_ms: number | null
  revoked_at_ms: number | null
  last_used_at_ms: number | null
}

export interface DeviceRequestsTable {
  device_sha256: Buffer
  user_code: string
  name: string
  permissions: string[]
  created_at_ms: number
  expires_at_ms: number
  address: string | null
  country: string
  next_poll_at_ms: number
  interval_ms: number
  decided_by: string | null
  is_approved: boolean | null
  network_id: string | null
  token_days: number | null
}

export interface RolesTable {
  id: string
  network_id: string
  name: string
  permissions: string[]
  created_at_ms: number
}

export interface MembersTable {
  network_id: string
  user_id: string
  built_in_role: 'owner' | 'admin' | 'analyst' | 'viewer' | null
  role_id: string | null
  joined_at_ms: number
}

export interface InvitationsTable {
  id: string
  network_id: string
  email: string
  built_in_role: 'owner' | 'admin' | 'analyst' | 'viewer' | null
  role_id: string | null
  sha256: Buffer
  sent_by: string | null
  created_at_ms: number
  expires_at_ms: number
}
