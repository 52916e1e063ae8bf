/** The token behind the # of a link. It is taken out of the address, so that it stays in no history and no screenshot. */
export function takeToken(): string {
  const token = decodeURIComponent(window.location.hash.slice(1))
  if (token !== '') window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return token
}
