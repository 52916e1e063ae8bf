import type { Command } from 'commander'
import { type Api, type Ask, createApi, createAsk, readAnswer } from './api/client.ts'
import { dataDirectoryOf, readAnnouncement, readOperatorToken } from './api/data-directory.ts'
import { type CollectorPlace, findCollector } from './api/find-collector.ts'
import type { Network } from './api/types.ts'
import { openStoredCredentials, type StoredCredentials } from './credentials/stored-credentials.ts'
import { chooseNetwork } from './networks/choose-network.ts'
import { openRememberedNetworks, type RememberedNetworks } from './networks/remembered-networks.ts'
import { createOutput, type Output } from './output.ts'
import type { System } from './system.ts'

/** What every command is given to work with. */
export interface Cli {
  readonly system: System
  /** Where the words of this command go. */
  output(command: Command): Output
  /** The data directory that this command means. */
  dataDirectory(command: Command): string
  /** Finds the collector that this command talks to. Nothing is sent yet. */
  open(command: Command, options?: { readonly timeoutMs: number }): Session
  /** The command did its work and found something wrong, or was ended from outside. */
  exitWith(code: number): void
}

/** One command's way to one collector. */
export interface Session {
  readonly output: Output
  readonly place: CollectorPlace
  readonly dataDirectory: string
  readonly api: Api
  readonly ask: Ask
  readonly remembered: RememberedNetworks
  readonly credentials: StoredCredentials
  /** Reads an answer of the API; texts in it are harmless for a terminal unless the command prints JSON. */
  read<Value>(answer: Promise<{ json(): Promise<Value> }>): Promise<Value>
  /** All networks, archived ones included. */
  networks(): Promise<readonly Network[]>
  /** The network that the command is about: the one named as its argument, or as the flags and the default say. */
  network(named?: string, options?: { readonly prefersArchived: boolean }): Promise<Network>
  /** The network that a flag or the environment names; undefined when neither does, whatever the default is. */
  namedNetwork(): Promise<Network | undefined>
}

/** Flags that every command takes. */
export interface GlobalOptions {
  readonly url?: string
  readonly token?: string
  readonly network?: string
  readonly dataDir?: string
  readonly json?: true
}

/** @param exitWith told when a command that did not fail is to end with another code than 0 */
export function createCli(system: System, exitWith: (code: number) => void): Cli {
  const { env } = system
  const globals = (command: Command): GlobalOptions => command.optsWithGlobals<GlobalOptions>()
  const output = (command: Command): Output => createOutput(system, { isJson: globals(command).json === true })
  const dataDirectory = (command: Command): string => dataDirectoryOf(globals(command).dataDir, env)
  return {
    system,
    output,
    dataDirectory,
    exitWith,
    open(command, options) {
      const flags = globals(command)
      const path = dataDirectory(command)
      const place = findCollector(flags, {
        env,
        dataDirectory: path,
        readAnnouncement: () => readAnnouncement(path),
        readOperatorToken: () => readOperatorToken(path),
        readStoredToken: openStoredCredentials(env).get,
      })
      return createSession({ place, dataDirectory: path, output: output(command), flags, env, ...options })
    },
  }
}

function createSession(options: {
  readonly place: CollectorPlace
  readonly dataDirectory: string
  readonly output: Output
  readonly flags: GlobalOptions
  readonly env: System['env']
  readonly timeoutMs?: number
}): Session {
  const { place, output, flags, env, dataDirectory, timeoutMs } = options
  const ask = createAsk(place, timeoutMs)
  const api = createApi(place, ask)
  const remembered = openRememberedNetworks(env)
  const read: Session['read'] = (answer) => readAnswer(answer, { isForPeople: !output.isJson })
  const namedByFlag = flags.network ?? (env['MCTRACK_NETWORK'] || undefined)
  const networks = (): Promise<Network[]> => read(api.networks.$get({ query: { archived: 'true' } }))
  return {
    output,
    place,
    dataDirectory,
    api,
    ask,
    remembered,
    credentials: openStoredCredentials(env),
    read,
    networks,
    namedNetwork: async () =>
      namedByFlag === undefined
        ? undefined
        : chooseNetwork(await networks(), { named: namedByFlag, remembered: undefined }),
    async network(argument, choice) {
      const named = argument ?? namedByFlag
      const list = await networks()
      return chooseNetwork(list, {
        named,
        remembered: named === undefined ? remembered.get(place.url) : undefined,
        ...choice,
      })
    },
  }
}
