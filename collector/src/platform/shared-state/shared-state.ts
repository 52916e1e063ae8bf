/**
 * What several collectors share: news, leases, limits. One process shares with itself in memory; many share through
 * Redis. Both pass the same conformance suite.
 */
export interface SharedState {
  /** Tells every process, this one included. News may be lost when the connection is; never rely on it alone. */
  publish(channel: string, message: string): void
  /** @returns ends the subscription */
  subscribe(channel: string, onMessage: (message: string) => void): () => void
  /** Told when news can be heard again after a time in which some may have been lost, and at the start. */
  onHearing(onHearing: () => void): void
  /** Takes or renews a lease. True while this process holds it; at most one process does. */
  holdLease(name: string, ttlMs: number): Promise<boolean>
  releaseLease(name: string): Promise<void>
  createLimiter(name: string, limits: readonly RateLimit[]): Limiter
  /** Keeps a value under this process's id until `ttlMs` after the last call. */
  keep(kind: string, value: string, ttlMs: number): Promise<void>
  /** Values of all processes that keep one of the kind, by process id. */
  kept(kind: string): Promise<ReadonlyMap<string, string>>
  ping(): Promise<void>
  close(): Promise<void>
}

export interface RateLimit {
  readonly requests: number
  readonly windowMs: number
}

export interface Limiter {
  /** Counts one request of `key` against every limit. */
  take(key: string): Promise<LimitResult>
  /** Takes one request of `key` back: for limits on what goes wrong, which is known only afterwards. */
  giveBack(key: string): Promise<void>
}

export type LimitResult = { readonly kind: 'allowed' } | { readonly kind: 'limited'; readonly retryAfterMs: number }
