/** What is known of an error: see `ERROR_CODES`. */
export interface ErrorEntry {
  readonly status: number
  readonly close?: number
  readonly retry: 'later' | 'never'
  readonly exit: number
  readonly sentence: string
}

/** The part of `ERROR_CODES` that can keep a client of the stream away. The SDK carries this part alone. */
export const LINK_ERROR_CODES = {
  KEY_MISSING: {
    status: 401,
    retry: 'never',
    exit: 4,
    sentence: 'No API key was sent. Send it as "Authorization: Bearer mct_…" or "X-API-Key: mct_…".',
  },
  KEY_UNKNOWN: {
    status: 401,
    retry: 'never',
    exit: 4,
    sentence: 'This API key is not valid. Copy it again, or create a new one with "mctrack keys create".',
  },
  KEY_REVOKED: {
    status: 401,
    close: 4401,
    retry: 'never',
    exit: 4,
    sentence: 'This API key was revoked or replaced. Create a new one with "mctrack keys create" and restart with it.',
  },
  NETWORK_ARCHIVED: {
    status: 403,
    close: 4403,
    retry: 'never',
    exit: 5,
    sentence: 'This network is archived and takes no data. Restore it, or use the key of another network.',
  },
  UPGRADE_REQUIRED: {
    status: 426,
    retry: 'never',
    exit: 2,
    sentence: 'This address speaks WebSocket with the subprotocol "mctrack.v1". Connect with a WebSocket client.',
  },
  VERSION_UNSUPPORTED: {
    status: 426,
    close: 4426,
    retry: 'never',
    exit: 6,
    sentence: 'This version of the protocol is not spoken here. Update the SDK or the bridge.',
  },
  HELLO_EXPECTED: {
    status: 400,
    close: 4402,
    retry: 'later',
    exit: 1,
    sentence: 'The first frame must be "hello", and it must come once.',
  },
  HELLO_TIMEOUT: {
    status: 408,
    close: 4408,
    retry: 'later',
    exit: 1,
    sentence: 'No "hello" came in time. Send it right after connecting.',
  },
  FRAME_MALFORMED: {
    status: 400,
    close: 4400,
    retry: 'later',
    exit: 1,
    sentence: 'A frame could not be read. Every message is one binary MessagePack array as PROTOCOL.md tells.',
  },
  FRAME_TOO_LARGE: {
    status: 413,
    close: 4413,
    retry: 'later',
    exit: 1,
    sentence: 'A frame was larger than the limit in "welcome". Send smaller batches.',
  },
  TOO_FAST: {
    status: 429,
    close: 4429,
    retry: 'later',
    exit: 7,
    sentence: 'Frames came faster than the limit. Put more events into each batch.',
  },
  CLOCK_OFF: {
    status: 400,
    close: 4410,
    retry: 'later',
    exit: 6,
    sentence:
      "The sender's clock is more than five minutes off. Set it with NTP, or correct its times by the difference.",
  },
  INSTANCE_REPLACED: {
    status: 409,
    close: 4409,
    retry: 'later',
    exit: 6,
    sentence: 'The same instance connected again, so the older connection was closed.',
  },
  TOO_MANY_SESSIONS: {
    status: 413,
    close: 4414,
    retry: 'later',
    exit: 6,
    sentence: 'One instance reported more open sessions than one server can hold. End sessions when players leave.',
  },
  TOO_MANY_CONNECTIONS: {
    status: 503,
    retry: 'later',
    exit: 7,
    sentence: 'This collector holds as many connections as it may. Try again later.',
  },
  SHUTTING_DOWN: {
    status: 503,
    close: 4503,
    retry: 'later',
    exit: 7,
    sentence: 'The collector is stopping. Connect again; nothing that was not acknowledged is lost.',
  },
  BUFFER_FULL: {
    status: 503,
    retry: 'later',
    exit: 7,
    sentence: 'The collector cannot store more right now. Keep the events and send them again later.',
  },
  ROUTE_NOT_FOUND: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'There is nothing at this address. /api/v1/openapi.json lists what there is.',
  },
  INTERNAL: {
    status: 500,
    close: 4500,
    retry: 'later',
    exit: 1,
    sentence: 'Something broke on our side. It was logged.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type LinkErrorCode = keyof typeof LINK_ERROR_CODES

export function isLinkErrorCode(text: string): text is LinkErrorCode {
  return Object.hasOwn(LINK_ERROR_CODES, text)
}

/** Finds the error of a close code, for a peer that closed without a goodbye. */
export function errorOfCloseCode(closeCode: number): LinkErrorCode | undefined {
  for (const [code, entry] of Object.entries(LINK_ERROR_CODES) as [LinkErrorCode, ErrorEntry][]) {
    if (entry.close === closeCode) return code
  }
  return undefined
}
