import { type ErrorEntry, LINK_ERROR_CODES } from './link-errors.ts'

/**
 * The one table of error codes. The collector's answers, the SDK's retry policy and the CLI's exit codes all read it.
 *
 * - `status`: HTTP status of an answer that carries the code
 * - `close`: WebSocket close code, where the code can end a connection
 * - `retry`: 'later' when the same request can succeed without anybody changing anything
 * - `exit`: exit code of the CLI: 1 failed, 2 usage, 3 not found, 4 credentials needed, 5 forbidden, 6 invalid or conflicting, 7 unreachable or unavailable
 * - `sentence`: what is wrong and what to do, without a word about other tenants
 */
export const ERROR_CODES = {
  ...LINK_ERROR_CODES,

  // Credentials
  KEY_SCOPE: {
    status: 403,
    retry: 'never',
    exit: 5,
    sentence: 'This API key may only report its own game mode. Use the key of the network, or one for that game mode.',
  },
  TOKEN_MISSING: {
    status: 401,
    retry: 'never',
    exit: 4,
    sentence: 'Sign in first, or send a token as "Authorization: Bearer …".',
  },
  TOKEN_UNKNOWN: {
    status: 401,
    retry: 'never',
    exit: 4,
    sentence: 'This token is not valid here: it is not one of this installation, was revoked, or has expired.',
  },
  SIGN_IN_ENDED: { status: 401, retry: 'never', exit: 4, sentence: 'Your sign-in has ended. Sign in again.' },
  SIGN_IN_FAILED: { status: 401, retry: 'never', exit: 4, sentence: 'The e-mail address or the password is wrong.' },
  FORBIDDEN: { status: 403, retry: 'never', exit: 5, sentence: 'You may not do this. Ask an owner of the network.' },
  PERSON_NEEDED: {
    status: 403,
    retry: 'never',
    exit: 5,
    sentence: 'Only somebody signed in in a browser may do this; no token will do.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    retry: 'never',
    exit: 5,
    sentence: 'This is taken from pages of this site alone. Open it at the address that MCTRACK_PUBLIC_URL names.',
  },
  PASSWORD_WRONG: { status: 403, retry: 'never', exit: 5, sentence: 'The password is wrong.' },
  PASSWORD_WEAK: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'Choose another password: this one is too easy to guess.',
  },
  LINK_INVALID: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'This link does not work: it was used, has expired, or was replaced by a newer one. Ask for a new one.',
  },
  DEVICE_CODE_UNKNOWN: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'No program waits with this code. Check it, or start the sign-in there again.',
  },
  DEVICE_PENDING: { status: 409, retry: 'later', exit: 7, sentence: 'Nobody has approved this sign-in yet.' },
  DEVICE_TOO_FAST: { status: 429, retry: 'later', exit: 7, sentence: 'Asked too often. Ask less often from now on.' },
  DEVICE_DENIED: { status: 403, retry: 'never', exit: 5, sentence: 'The sign-in of this program was denied.' },
  DEVICE_EXPIRED: {
    status: 410,
    retry: 'never',
    exit: 4,
    sentence: 'Nobody approved this sign-in in time. Start again.',
  },

  // Single events
  EVENT_MALFORMED: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'The event does not have the fields that its type needs.',
  },
  EVENT_TOO_OLD: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: "The event is older than the collector accepts. Check the sender's clock, or import it as history.",
  },
  EVENT_IN_FUTURE: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: "The event lies in the future. Check the sender's clock.",
  },
  EVENT_TIMES_REVERSED: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'The event ends before it begins, or lasts longer than a session can.',
  },
  PROPERTIES_INVALID: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'Properties must be at most 32 texts, numbers, booleans or nulls with names of at most 64 bytes.',
  },
  STORAGE_REJECTED: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'The database refused this row for its content. It is kept as a dead letter.',
  },
  SESSION_UNKNOWN: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'No open session has this id. Start it first, or leave it: it may have ended.',
  },

  // HTTP
  BODY_MALFORMED: {
    status: 400,
    retry: 'never',
    exit: 6,
    sentence: 'The body is not valid JSON.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    retry: 'never',
    exit: 6,
    sentence: 'The body is larger than the limit. Send less at once.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retry: 'never',
    exit: 6,
    sentence: 'This address does not take this method. The header "Allow" says which ones it takes.',
  },
  BODY_INVALID: { status: 422, retry: 'never', exit: 6, sentence: 'The body has fields that are missing or wrong.' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    retry: 'never',
    exit: 6,
    sentence: 'The body must be JSON. Send "Content-Type: application/json".',
  },
  QUERY_INVALID: { status: 400, retry: 'never', exit: 6, sentence: 'The address has parameters that are wrong.' },
  RATE_LIMITED: {
    status: 429,
    retry: 'later',
    exit: 7,
    sentence: 'Too many requests. Wait as long as "Retry-After" says.',
  },
  NETWORK_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such network.' },
  SERVER_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such server in this network.' },
  KEY_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such API key in this network.' },
  DEAD_LETTER_NOT_FOUND: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'There is no such dead letter in this network.',
  },
  PLAYER_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such player in this network.' },
  USER_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such user.' },
  MEMBER_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such member of this network.' },
  ROLE_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such role in this network.' },
  INVITATION_NOT_FOUND: {
    status: 404,
    retry: 'never',
    exit: 3,
    sentence: 'There is no such invitation in this network.',
  },
  SIGN_IN_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such sign-in.' },
  TOKEN_NOT_FOUND: { status: 404, retry: 'never', exit: 3, sentence: 'There is no such token.' },
  EMAIL_TAKEN: { status: 409, retry: 'never', exit: 6, sentence: 'Another account has this e-mail address.' },
  OWNER_NEEDED: {
    status: 409,
    retry: 'never',
    exit: 6,
    sentence: 'There must be an owner. Make somebody else one first.',
  },
  CONFIRMATION_WRONG: {
    status: 422,
    retry: 'never',
    exit: 6,
    sentence: 'This asks for the name again, exactly as it is, and that was another one.',
  },
  CONFLICT: {
    status: 409,
    retry: 'never',
    exit: 6,
    sentence: 'This does not fit the present state. Look at it again first.',
  },
  STORAGE_UNAVAILABLE: {
    status: 503,
    retry: 'later',
    exit: 7,
    sentence: 'A database does not answer. Live numbers go on; try again later.',
  },

  // The command line and the program's start
  USAGE: {
    status: 400,
    retry: 'never',
    exit: 2,
    sentence: 'The command was not understood. Add --help to see how it is used.',
  },
  CONFIG_INVALID: { status: 500, retry: 'never', exit: 2, sentence: 'The settings have mistakes.' },
  DATA_DIR_IN_USE: {
    status: 500,
    retry: 'never',
    exit: 6,
    sentence: 'Another collector already runs on this data directory. Stop it, or set MCTRACK_DATA_DIR.',
  },
  PORT_IN_USE: {
    status: 500,
    retry: 'never',
    exit: 6,
    sentence: 'Another program already listens on this port. Stop it, or set MCTRACK_PORT.',
  },
  START_FAILED: { status: 500, retry: 'never', exit: 1, sentence: 'The collector could not start.' },
  COLLECTOR_UNREACHABLE: {
    status: 503,
    retry: 'later',
    exit: 7,
    sentence: 'No collector answers there. Start one with "mctrack up", or say where it is with --url.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type ErrorCode = keyof typeof ERROR_CODES

/** Codes that a single event can be refused with, before it is acknowledged. */
export type EventErrorCode =
  | 'EVENT_MALFORMED'
  | 'EVENT_TOO_OLD'
  | 'EVENT_IN_FUTURE'
  | 'EVENT_TIMES_REVERSED'
  | 'PROPERTIES_INVALID'
  | 'KEY_SCOPE'

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text)
}

/** The WebSocket close code of an error; errors that never close a connection get the one of INTERNAL. */
export function closeCodeOf(code: ErrorCode): number {
  const entry: ErrorEntry = ERROR_CODES[code]
  return entry.close ?? ERROR_CODES.INTERNAL.close
}
