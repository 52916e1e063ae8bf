import type { Actor } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'

/** Who asks on a route that is for people signed in in a browser. */
export function signedInPerson(actor: Actor): { readonly userId: string; readonly signInId: string } {
  if (actor.kind !== 'user' || actor.credential.kind !== 'session') throw new MctrackError('PERSON_NEEDED')
  return { userId: actor.userId, signInId: actor.credential.sessionId }
}
