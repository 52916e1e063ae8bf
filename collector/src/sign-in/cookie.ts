import { serialize } from 'hono/utils/cookie'
import type { SiteOrigin } from '../access/index.ts'

/** The `Set-Cookie` of a sign-in: for this site alone, out of reach of scripts, and over HTTPS where there is HTTPS. */
export function formatCookie({ cookieName, isSecure }: SiteOrigin, secret: string, maxAgeMs: number): string {
  return serialize(cookieName, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure,
    maxAge: Math.floor(maxAgeMs / 1_000),
  })
}

/** The `Set-Cookie` that takes it away. */
export function formatEndOfCookie(site: SiteOrigin): string {
  return formatCookie(site, '', 0)
}
