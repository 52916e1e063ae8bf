import type { EndReason } from '../protocol/index.ts'
import type { EventMap, Purchase } from './options.ts'

/** A player who is on the network now. All methods return at once, never throw, and do nothing after `leave`. */
export interface Session<Events extends EventMap = EventMap> {
  /** UUID of the session, or '' when the join was refused or the client is disabled. */
  readonly id: string
  /** The player is now on this backend; it becomes a game mode by the network's mapping. */
  switchTo(backend: string): void
  /** Something happened to this player. */
  track<Name extends keyof Events & string>(name: Name, properties?: Events[Name]): void
  /** The player went away from the keyboard, or came back. */
  setAway(away: boolean): void
  /** The player bought something; the store's own report is what counts as revenue. */
  purchase(purchase: Purchase): void
  leave(details?: { readonly reason?: EndReason }): void
}
