import type { InferResponseType } from 'hono/client'
import type { Api } from './client.ts'

type OfNetwork = Api['networks'][':networkId']

export type About = InferResponseType<Api['about']['$get'], 200>
export type Network = InferResponseType<Api['networks']['$get'], 200>[number]
export type ApiKey = InferResponseType<OfNetwork['keys']['$get'], 200>[number]
export type Server = InferResponseType<OfNetwork['servers']['$get'], 200>[number]
export type Backend = InferResponseType<OfNetwork['gamemodes']['$get'], 200>[number]
export type LiveCounts = InferResponseType<OfNetwork['live']['$get'], 200>
export type NetworkSession = InferResponseType<OfNetwork['sessions']['$get'], 200>['sessions'][number]
export type IngestHealth = InferResponseType<OfNetwork['ingest']['$get'], 200>
export type DeadLetter = InferResponseType<OfNetwork['dead-letters']['$get'], 200>[number]
export type AuditEntry = InferResponseType<Api['audit']['$get'], 200>['entries'][number]
export type Member = InferResponseType<OfNetwork['members']['$get'], 200>[number]
export type Role = InferResponseType<OfNetwork['roles']['$get'], 200>[number]
export type Invitation = InferResponseType<OfNetwork['invitations']['$get'], 200>[number]
export type Account = InferResponseType<Api['account']['$get'], 200>
export type OperatorToken = InferResponseType<Api['operator-tokens']['$get'], 200>[number]
export type User = InferResponseType<Api['users']['$get'], 200>[number]
export type CcuHistory = InferResponseType<OfNetwork['ccu']['$get'], 200>

/** Answer of `/readyz`, which stands outside the typed API. */
export interface Readiness {
  readonly status: 'ready' | 'not_ready'
  readonly checks: ReadonlyArray<{ readonly name: string; readonly ok: boolean; readonly message: string }>
}

/** One event of the tail, which comes as a server-sent event and so outside the typed API. */
export interface TailEvent {
  readonly type: string
  readonly atMs: number
  readonly server: string
  readonly playerId: string | null
  readonly playerName: string | null
  readonly sessionId: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}
