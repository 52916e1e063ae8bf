import { Command } from 'commander'
import type { Cli, Session } from '../cli.ts'
import { addGlobalOptions } from '../global-options.ts'
import type { NameKind } from './complete.ts'

/** Longer than this nobody waits for a suggestion. */
const PATIENCE_MS = 1_500
/** Names that help to choose. */
const NAMES_MAX = 200

/** Asks the collector that the typed line means for names. What goes wrong means no names: a suggestion owes no reason. */
export async function loadNames(cli: Cli, words: readonly string[], kind: NameKind): Promise<readonly string[]> {
  const line = addGlobalOptions(new Command()).allowUnknownOption().allowExcessArguments().exitOverride()
  try {
    // The word at the cursor too: without it a flag before it would lack its value.
    line.parse([...words], { from: 'user' })
    return (await ask(cli.open(line, { timeoutMs: PATIENCE_MS }), kind)).slice(0, NAMES_MAX)
  } catch {
    return []
  }
}

async function ask(session: Session, kind: NameKind): Promise<readonly string[]> {
  if (kind === 'network') return (await session.networks()).map(({ name }) => name)
  const { api, read } = session
  if (kind === 'user') return (await read(api.users.$get())).map(({ email }) => email)
  const param = { networkId: (await session.network()).id }
  const routes = api.networks[':networkId']
  switch (kind) {
    case 'key':
      return (await read(routes.keys.$get({ param }))).map(({ name }) => name)
    case 'server':
      return (await read(routes.servers.$get({ param }))).map(({ name }) => name)
    case 'member':
      return (await read(routes.members.$get({ param }))).map(({ name, email }) => email ?? name)
    case 'role':
      return (await read(routes.roles.$get({ param }))).map(({ name }) => name)
    case 'invitation':
      return (await read(routes.invitations.$get({ param }))).map(({ email }) => email)
    case 'backend':
      return (await read(routes.gamemodes.$get({ param }))).map(({ backend }) => backend)
  }
}
