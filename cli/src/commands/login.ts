import type { Command } from 'commander'
import { createApi, createAsk } from '../api/client.ts'
import { FOUND_BY_LOGIN } from '../api/find-collector.ts'
import type { Cli } from '../cli.ts'
import { addExamples } from '../help.ts'
import { nameAccount } from '../login/describe-account.ts'
import { getToken } from '../login/get-token.ts'
import { readSecret } from '../parse/read-secret.ts'

/** `login` */
export function addLogin(program: Command, cli: Cli): void {
  const command = program
    .command('login')
    .description('Log in to a collector with your account: approve this machine in a browser')
    .option('--with-token', 'take a token from standard input instead')
    .action((options: { readonly withToken?: true }) => logIn(cli, command, options.withToken === true))
  addExamples(
    command,
    ['mctrack login --url https://mctrack.example.net'],
    ['mctrack login --url https://mctrack.example.net --with-token < token.txt'],
  )
}

async function logIn(cli: Cli, command: Command, isTokenGiven: boolean): Promise<void> {
  const { place, output, credentials, read } = cli.open(command)
  const { now } = cli.system
  const token = isTokenGiven ? (await readSecret(cli.system, 'token')).trim() : await getToken(place, output, now)
  const loggedIn = { ...place, token, tokenFoundBy: isTokenGiven ? 'on standard input' : FOUND_BY_LOGIN }
  const account = await read(createApi(loggedIn, createAsk(loggedIn)).account.$get())
  credentials.set(place.url, token)
  if (output.isJson) return output.record({ url: place.url, user: account.user, credential: account.credential })
  output.done(`Logged in to ${place.url} as ${nameAccount(account)}. The token is in ${credentials.file}.`)
  const used = cli.open(command).place
  if (used.token !== token) {
    output.warn(`Commands here go on using the token ${used.tokenFoundBy}, which comes before that of a login.`)
  }
}
