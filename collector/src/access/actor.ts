import type { NetworkPermission, Permission } from './permissions.ts'

/** Who makes a request. */
export type Actor = Operator | Person

/** Whoever has the token of the machine's data directory: may do everything. */
export interface Operator {
  readonly kind: 'operator'
}

/** Somebody with an account, signed in or by a token of theirs. */
export interface Person {
  readonly kind: 'user'
  readonly userId: string
  /** Whether they own the installation: create networks, manage users. That opens no network to them. */
  readonly ownsInstallation: boolean
  /** What they may do on each network that they are a member of. */
  readonly grants: ReadonlyMap<string, ReadonlySet<NetworkPermission>>
  readonly credential: PersonCredential
}

export type PersonCredential =
  | { readonly kind: 'session'; readonly sessionId: string }
  | {
      readonly kind: 'token'
      readonly tokenId: string
      /** The token allows these at most, whatever its owner may do. */
      readonly permissions: ReadonlySet<Permission>
      /** The only network that it is for; null for all of its owner's. */
      readonly networkId: string | null
    }
