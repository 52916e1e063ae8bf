import { createHash } from 'node:crypto'
import { parse } from 'hono/utils/cookie'

/** What a request proves itself with. The secret itself goes no further than this. */
export interface Credential {
  readonly kind: 'session' | 'token'
  readonly sha256: Buffer
}

/** No secret of ours is longer. */
const SECRET_CHARS_MAX = 256

/** A token in the header; without one, the cookie of a sign-in. A request with a token has no cookie, whatever it sends. */
export function readCredential(headers: Headers, cookieName: string): Credential | undefined {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1]
    return token === undefined ? undefined : { kind: 'token', sha256: hashSecret(token) }
  }
  const secret = parse(headers.get('cookie') ?? '', cookieName)[cookieName]
  return secret === undefined || secret === '' ? undefined : { kind: 'session', sha256: hashSecret(secret) }
}

/** What is stored of a secret that has 256 random bits: no slower hash would add anything. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret.slice(0, SECRET_CHARS_MAX)).digest()
}
