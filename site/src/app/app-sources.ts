import type { Accessor } from 'solid-js'
import type { ApiOutput } from '../api/api-types.ts'
import type { CardState } from '../api/card-state.ts'
import type { Card } from '../api/create-card.ts'
import type { FollowState } from '../api/event-follower.ts'
import type { AppPage } from '../url/app-location.ts'
import type { Rights } from './rights.ts'

/** A network as the frame knows it. */
export interface NetworkSummary {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly isDemo?: boolean
  /** How long sessions survive a lost link. */
  readonly resumeWindowMs?: number
  /** For how many days rows of single players and servers are kept; null for ever. */
  readonly dataRetentionDays?: number | null
  /** When rows are first removed by that setting. */
  readonly dataRetentionFromMs?: number | null
  /** Takes no data since then. */
  readonly archivedAtMs?: number | null
  /** When it and everything of it will be removed, unless somebody takes that back. */
  readonly deleteAtMs?: number | null
}

/** Who is signed in. */
export interface UserSummary {
  readonly id?: string
  readonly name: string
  readonly email?: string
  /** May create networks and manage users. */
  readonly ownsInstallation?: boolean
  /** When the account will be removed, unless it is taken back. */
  readonly deleteAtMs?: number | null
}

/** Players online now, pushed by the collector. */
export interface LiveCounts {
  readonly total: number
  readonly byServer: Readonly<Record<string, number>>
  readonly byGamemode: Readonly<Record<string, number>>
  readonly byPlatform: Readonly<Record<string, number>>
  readonly byDevice: Readonly<Record<string, number>>
  readonly byCountry: Readonly<Record<string, number>>
  readonly byDomain: Readonly<Record<string, number>>
  readonly byVersion: Readonly<Record<string, number>>
  readonly peak: number
  readonly serversConnected: number
  readonly atMs: number
}

/** The one live stream that the frame and the live page share. */
export interface LiveSource {
  readonly counts: Accessor<LiveCounts | undefined>
  readonly follow: Accessor<FollowState>
  retryNow(): void
}

/** What arrives and what is refused, and how the servers are: the answer of the collector that was asked. */
export type IngestHealth = ApiOutput<'get', '/networks/:networkId/ingest'>

/** One thing that the palette offers. */
export interface PaletteItem {
  readonly id: string
  readonly title: string
  /** Quiet words at its right: a key, a domain, when it was last seen. */
  readonly hint?: string
  readonly icon?: string
  /** Draws a player's face in place of an icon. */
  readonly faceOf?: string
  readonly run: () => void
}

/** Where the palette finds things. A source that asks the API is called for queries of two letters or more. */
export interface PaletteSource {
  readonly title: string
  /** Everything, to be searched here; or what the API found, in its order. */
  readonly find: (query: string, signal: AbortSignal) => readonly PaletteItem[] | Promise<readonly PaletteItem[]>
  /** True when `find` searches by itself, such as the API's search of players. */
  readonly searchesItself?: boolean
}

/** What the frame shows and does not make: plugged in by whoever mounts the dashboard. */
export interface AppSources {
  readonly networks: Accessor<CardState<readonly NetworkSummary[]>>
  readonly retryNetworks: () => void
  readonly live: LiveSource
  readonly user: Accessor<UserSummary | undefined>
  /** What the person may do; undefined until that is known. */
  readonly rights: Accessor<Rights | undefined>
  /** Asks again who is signed in and what they may do. */
  readonly retryAccount: () => void
  readonly signOut: () => void
  /** Asked once a minute for the whole dashboard, so that the navigation says what wants a person. */
  readonly ingest: Card<IngestHealth>
  /** How many things on a page want a person. */
  readonly attention: Accessor<Partial<Readonly<Record<AppPage, number>>>>
  readonly palette: readonly PaletteSource[]
  /** What the palette can do beyond the frame, as far as the person may. */
  readonly actions: () => readonly PaletteItem[]
}
