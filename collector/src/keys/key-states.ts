import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'

export interface KeyRefusal {
  readonly code: ErrorCode
  readonly message: string
  readonly atMs: number
}

/** What this collector has seen of a key since it started. Instants in Unix milliseconds. */
export interface KeyState {
  /** Connections that said hello. */
  readonly connections: number
  readonly lastHelloAtMs: number | null
  readonly firstEventAtMs: number | null
  readonly firstPlayerAtMs: number | null
  readonly lastRefusal: KeyRefusal | null
  /** What the server that said hello last adds to its clock. */
  readonly clockOffsetMs: number | null
}

/** Follows keys from the first attempt to connect to the first player. Held in memory, one small record a key. */
export interface KeyStates {
  of(keyId: string): KeyState
  noteHello(keyId: string, atMs: number, clockOffsetMs: number): void
  /** A connection that had said hello is gone. */
  noteClosed(keyId: string): void
  noteEvent(keyId: string, atMs: number): void
  notePlayer(keyId: string, atMs: number): void
  noteRefusal(
    keyId: string,
    refusal: { readonly code: ErrorCode; readonly detail?: string; readonly atMs: number },
  ): void
  /**
   * Calls back after each change.
   *
   * @returns ends it
   */
  watch(keyId: string, onChange: () => void): () => void
}

const NOTHING: KeyState = {
  connections: 0,
  lastHelloAtMs: null,
  firstEventAtMs: null,
  firstPlayerAtMs: null,
  lastRefusal: null,
  clockOffsetMs: null,
}
const DETAIL_CHARS_MAX = 300

export function createKeyStates(): KeyStates {
  const states = new Map<string, KeyState>()
  const watchers = new Map<string, Set<() => void>>()

  const of = (keyId: string): KeyState => states.get(keyId) ?? NOTHING

  function change(keyId: string, news: Partial<KeyState>): void {
    states.set(keyId, { ...of(keyId), ...news })
    for (const onChange of watchers.get(keyId) ?? []) onChange()
  }

  return {
    of,
    noteHello: (keyId, atMs, clockOffsetMs) =>
      change(keyId, { connections: of(keyId).connections + 1, lastHelloAtMs: atMs, clockOffsetMs }),
    noteClosed: (keyId) => change(keyId, { connections: Math.max(0, of(keyId).connections - 1) }),
    noteEvent(keyId, atMs) {
      if (of(keyId).firstEventAtMs === null) change(keyId, { firstEventAtMs: atMs })
    },
    notePlayer(keyId, atMs) {
      if (of(keyId).firstPlayerAtMs === null) change(keyId, { firstPlayerAtMs: atMs })
    },
    noteRefusal(keyId, { code, detail, atMs }) {
      const { sentence } = ERROR_CODES[code]
      const message = detail === undefined ? sentence : `${sentence} (${detail.slice(0, DETAIL_CHARS_MAX)})`
      change(keyId, { lastRefusal: { code, message, atMs } })
    },
    watch(keyId, onChange) {
      const its = watchers.get(keyId) ?? new Set()
      watchers.set(keyId, its.add(onChange))
      return () => {
        its.delete(onChange)
        if (its.size === 0 && watchers.get(keyId) === its) watchers.delete(keyId)
      }
    },
  }
}
