import { type ApiClient, createApiClient } from '../../api/client.ts'
import { sleep } from '../../api/sleep.ts'

/** The API before the dashboard: nobody has to be signed in, so nobody is told of a sign-in that ended. */
export const entryApi: ApiClient = createApiClient({
  fetch: (input, init) => fetch(input, init),
  sleep,
  onSessionEnded: () => undefined,
})
