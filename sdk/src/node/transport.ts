/** One attempt at a connection to the collector. */
export interface Connection {
  /** Sends one binary message. Returns false when the connection is no longer open. */
  send(message: Uint8Array): boolean
  close(): void
}

/** What a transport tells the client. */
export interface TransportHandlers {
  readonly onOpen: () => void
  readonly onMessage: (message: Uint8Array) => void
  /** The other end gave a sign of life that was no message. */
  readonly onHeard: () => void
  /** Called once, also when the connection never opened. */
  readonly onClose: (reason: CloseReason) => void
}

/** Why a connection ended, or never opened. */
export interface CloseReason {
  /** Error code of the collector's refusal or close, when it gave one. */
  readonly code: string | null
  readonly retryAfterMs: number | null
  /** For people: what the network said. */
  readonly detail: string
}

/** How frames travel. The default is a WebSocket; tests bring their own. Never throws. */
export type Transport = (handlers: TransportHandlers) => Connection
