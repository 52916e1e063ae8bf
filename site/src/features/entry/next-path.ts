const HOME = '/app/'

/**
 * Where to go after signing in: a path of this site, from `?next=`. Anything else, such as another host in disguise, is
 * the dashboard.
 *
 * @param base the address of this page
 */
export function nextPath(search: string, base: string): string {
  const wanted = new URLSearchParams(search).get('next') ?? HOME
  if (!URL.canParse(wanted, base)) return HOME
  const url = new URL(wanted, base)
  const isHere = url.origin === new URL(base).origin && wanted.startsWith('/') && url.pathname.startsWith(HOME)
  return isHere ? url.pathname + url.search : HOME
}
