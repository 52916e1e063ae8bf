import type { Actor } from './access.ts'

/** Who makes a change, from where, and by which request: what is written down of it. */
export interface Author {
  readonly actor: Actor
  /** The network that the request came from, such as `203.0.113.0/24`; never the whole address. Null when it is not known. */
  readonly address: string | null
  readonly requestId: string
}
