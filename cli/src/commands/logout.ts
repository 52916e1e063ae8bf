import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'
import type { Command } from 'commander'
import { createApi, createAsk } from '../api/client.ts'
import { FOUND_BY_LOGIN } from '../api/find-collector.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { addExamples } from '../help.ts'

/** Revoked before, expired, or an operator's, which goes on for whoever has its data directory. */
const NOTHING_TO_REVOKE: readonly ErrorCode[] = ['TOKEN_UNKNOWN', 'CONFLICT']

/** `logout` */
export function addLogout(program: Command, cli: Cli): void {
  const command = program
    .command('logout')
    .description('Log out of a collector: revoke the token of the login, and forget it')
    .action(() => logOut(cli, command))
  addExamples(command, ['mctrack logout --url https://mctrack.example.net'])
}

async function logOut(cli: Cli, command: Command): Promise<void> {
  const { place, output, credentials } = cli.open(command)
  const token = credentials.get(place.url)
  if (token === undefined) throw new CliError('TOKEN_MISSING', `You are not logged in to ${place.url}.`)
  const loggedIn = { ...place, token, tokenFoundBy: FOUND_BY_LOGIN }
  const failure = await createApi(loggedIn, createAsk(loggedIn))
    .account.token.$delete()
    .then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof CliError) return error
        throw error
      },
    )
  // Also when the collector does not answer: whoever logs out wants the token off this machine.
  credentials.forget(place.url)
  const isRevoked = failure === undefined || NOTHING_TO_REVOKE.includes(failure.code)
  if (output.isJson) output.data({ url: place.url, revoked: isRevoked })
  else output.done(`Logged out of ${place.url}.`)
  if (isRevoked) return
  output.warn(`The token could not be revoked: ${failure.message} Revoke it in your account, or let it expire.`)
  cli.exitWith(ERROR_CODES[failure.code].exit)
}
