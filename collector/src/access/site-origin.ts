/** Where browsers reach the site, and what follows from it. */
export interface SiteOrigin {
  /** Such as `https://mctrack.example.net`; links to pages begin with it. */
  readonly url: () => string
  readonly isOurs: (origin: string) => boolean
  /** Whether cookies are for HTTPS alone. Without it the site is for browsers on this machine. */
  readonly isSecure: boolean
  /** Browsers keep others from setting a cookie whose name begins with `__Host-`, but want HTTPS for it. */
  readonly cookieName: string
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * @param publicUrl the one origin of the site; undefined where it is the port on this machine
 * @param port asked when it is needed, since a free port is known after the start
 */
export function createSiteOrigin(publicUrl: string | undefined, port: () => number): SiteOrigin {
  const isSecure = publicUrl?.startsWith('https:') === true
  return {
    url: () => publicUrl ?? `http://127.0.0.1:${port()}`,
    isOurs: (origin) =>
      publicUrl === undefined
        ? LOOPBACK.some((host) => origin === new URL(`http://${host}:${port()}`).origin)
        : origin === publicUrl,
    isSecure,
    cookieName: isSecure ? '__Host-mctrack_sign_in' : 'mctrack_sign_in',
  }
}
