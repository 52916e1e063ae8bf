import { constants } from 'node:os'
import type { Command } from 'commander'
import { createApi, createAsk } from '../api/client.ts'
import { dataDirectoryOf, reachableUrl, readOperatorToken } from '../api/data-directory.ts'
import type { Cli } from '../cli.ts'
import { addExamples } from '../help.ts'
import type { Output } from '../output.ts'
import { type BannerFacts, commandNameOf, layoutBanner } from '../up/banner.ts'
import { COLLECTOR_SETTINGS, collectorEnv } from '../up/collector-settings.ts'
import { prepareSite } from '../up/prepare-site.ts'
import { type ReadyCollector, runCollector } from '../up/run-collector.ts'

/** The greeting is not worth a longer wait. */
const GREETING_TIMEOUT_MS = 2_000
/** 128 and the signal's number. */
const EXIT_OF_SIGKILL = 128 + constants.signals.SIGKILL

type Flags = Readonly<Record<string, string | undefined>>

/** `up` */
export function addUp(program: Command, cli: Cli): void {
  const command = program.command('up').description('Run the collector here, with its databases, until Ctrl-C')
  for (const { flags, about, variable } of COLLECTOR_SETTINGS) command.option(flags, `${about} [${variable}]`)
  command.action((flags: Flags) => runUp(cli, command, flags))
  addExamples(
    command,
    ['mctrack up'],
    ['mctrack up --port 4100 --metrics-port 4101 --data-dir /srv/mctrack'],
    ['mctrack up --host 0.0.0.0', 'lets servers on other machines in'],
  )
}

async function runUp(cli: Cli, command: Command, flags: Flags): Promise<void> {
  const { system } = cli
  const output = cli.output(command)
  const dataDirectory = cli.dataDirectory(command)
  const env: Flags = { ...collectorEnv(system.env, flags), MCTRACK_DATA_DIR: dataDirectory }
  if (!env['MCTRACK_SITE_DIR']) await prepareSite(output, env, system.now)
  const code = await runCollector(env, output.isJson, (ready) => {
    // Whoever started a collector learns of it even when the greeting cannot be made.
    greet(cli, output, ready, dataDirectory).catch((error: unknown) => output.warn(String(error)))
  })
  if (code === EXIT_OF_SIGKILL) {
    output.warn(
      'The collector was killed (SIGKILL): by somebody, or by the system for want of memory. Nothing that was acknowledged is lost. Start it again.',
    )
  }
  cli.exitWith(code)
}

async function greet(cli: Cli, output: Output, ready: ReadyCollector, dataDirectory: string): Promise<void> {
  const url = reachableUrl(ready.url)
  const metricsUrl = reachableUrl(ready.metricsUrl)
  if (output.isJson) return output.record({ url, metricsUrl, dataDirectory: dataDirectory })
  const { env } = cli.system
  const isFoundAnyway = dataDirectoryOf(undefined, env) === dataDirectory
  const banner = layoutBanner(
    {
      url,
      metricsUrl,
      dataDirectory: dataDirectory,
      commandName: commandNameOf(env),
      commandFlags: isFoundAnyway ? '' : ` --data-dir ${dataDirectory}`,
      ...(await look(url, dataDirectory)),
    },
    output.palette,
  )
  output.lines(...banner)
}

/** What there is already. A collector without the role `api` answers nothing; the whole greeting is right then. */
async function look(url: string, dataDirectory: string): Promise<Pick<BannerFacts, 'hasNetwork' | 'setUpUrl'>> {
  try {
    const token = readOperatorToken(dataDirectory)
    const place = { url, token, foundBy: '', tokenFoundBy: '', isLocal: true }
    const api = createApi(place, createAsk(place, GREETING_TIMEOUT_MS))
    const hasNetwork = (await (await api.networks.$get({ query: {} })).json()).length > 0
    const { isNeeded } = await (await api.setup.$get()).json()
    return { hasNetwork, setUpUrl: isNeeded ? (await (await api.setup.link.$post()).json()).url : undefined }
  } catch {
    return { hasNetwork: false, setUpUrl: undefined }
  }
}
