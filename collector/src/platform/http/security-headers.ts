/** A year, which is what browsers want before they believe it. */
const HTTPS_SECONDS = 31_536_000

/** What pages may never ask a browser for. */
const PERMISSIONS = ['accelerometer', 'camera', 'geolocation', 'gyroscope', 'microphone', 'midi', 'payment', 'usb']

/**
 * Headers of every answer, whatever it says. An answer with a policy of its own, such as a page, keeps that.
 *
 * @param options.isSecure whether browsers reach us by HTTPS
 * @see https://owasp.org/www-project-secure-headers/
 */
export function createSecurityHeaders({ isSecure }: { readonly isSecure: boolean }): ReadonlyMap<string, string> {
  return new Map([
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', PERMISSIONS.map((name) => `${name}=()`).join(', ')],
    ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
    ['cache-control', 'no-store'],
    ...(isSecure ? [['strict-transport-security', `max-age=${HTTPS_SECONDS}; includeSubDomains`] as const] : []),
  ])
}
