import type { ApiKey } from '../api/types.ts'
import type { Output } from '../output.ts'

/** Shows a secret, alone on standard output so that scripts can take it, with what to do with it beside. */
export function showSecret(output: Output, key: ApiKey & { readonly key: string }, message: string): void {
  if (output.isJson) return output.data(key)
  output.done(message)
  output.lines(output.palette.strong(key.key))
  output.note('It is shown this once. Give it to the server that reports, for the SDK as MCTRACK_KEY.')
}
