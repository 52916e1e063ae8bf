import type { Actor } from './actor.ts'

/** Where a request came from, as far as that is written down. */
export interface Origin {
  /** The network that the request came from, such as `203.0.113.0/24`; never the whole address. Null when it is not known. */
  readonly address: string | null
  readonly requestId: string
}

/** Who makes a change, from where, and by which request: what is written down of it. */
export interface Author extends Origin {
  readonly actor: Actor | Unknown | System
}

/** Whoever is not known, such as somebody who tries to sign in. */
export interface Unknown {
  readonly kind: 'unknown'
}

/** The collector itself, when it does what is due. */
export interface System {
  readonly kind: 'system'
}
