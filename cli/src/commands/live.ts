import type { Command } from 'commander'
import { follow } from '../api/follow.ts'
import type { LiveCounts, Network } from '../api/types.ts'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { createClock } from '../format/clock.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'
import { addExamples } from '../help.ts'
import { layoutLive } from '../live/live-view.ts'
import { loadLastHour } from '../live/load-last-hour.ts'
import { watchLive } from '../live/watch-live.ts'
import { createStopper } from '../stopper.ts'

/** Width of the picture where there is no terminal to fit. */
const WIDTH_DEFAULT = 80

/** `live` */
export function addLive(program: Command, cli: Cli): void {
  const command = program
    .command('live')
    .description('Show the players online: in all, by server, by game mode, and over the last hour')
    .option('-w, --watch', 'keep showing them, on a screen that q or Ctrl-C ends; line by line without a terminal')
    .action(async (options: { readonly watch?: true }) => {
      const session = cli.open(command)
      const network = await session.network()
      if (options.watch !== true) return showOnce(session, network)
      if (session.output.isTerminal && !session.output.isJson) return watchLive(cli, session, network)
      return streamLines(cli, session, network)
    })
  addExamples(
    command,
    ['mctrack live'],
    ['mctrack live --watch'],
    ['mctrack live --json', 'one document: total, byServer, byGamemode, atMs and more'],
    ['mctrack live --watch --json', 'one document a line, at every change'],
  )
}

async function showOnce(session: Session, network: Network): Promise<void> {
  const { api, read, output } = session
  const counts = await read(api.networks[':networkId'].live.$get({ param: { networkId: network.id } }))
  if (output.isJson) return output.data(counts)
  // Live numbers are right while the databases are down; the last hour is then not known.
  const lastHour = await loadLastHour(session, network, counts.atMs).catch((error: unknown) => {
    if (error instanceof CliError) return undefined
    throw error
  })
  output.lines(
    ...layoutLive(
      { networkName: network.name, counts, lastHour, link: undefined },
      {
        width: output.widthMax() ?? WIDTH_DEFAULT,
        height: undefined,
        clock: createClock(network.timeZone),
        palette: output.palette,
      },
    ),
  )
}

async function streamLines(cli: Cli, session: Session, network: Network): Promise<void> {
  const { output } = session
  const clock = createClock(network.timeZone)
  const stopper = createStopper()
  try {
    for await (const item of follow(session, network.id, 'live/stream', stopper.signal)) {
      if (item.kind === 'lost')
        output.warn(`${item.error.message} Trying again in ${Math.ceil(item.retryInMs / 1_000)} s.`)
      if (item.kind !== 'event' || item.name !== 'counts') continue
      const counts = item.data as LiveCounts
      if (output.isJson) output.record(counts)
      else
        output.lines(
          `${clock.dateTime(counts.atMs)}  ${formatCountOf(counts.total, 'player')}${describeServers(counts)}`,
        )
    }
  } finally {
    stopper.close()
  }
  cli.exitWith(stopper.exitCode())
}

function describeServers({ byServer }: LiveCounts): string {
  const servers = Object.entries(byServer).sort(([, m], [, n]) => n - m)
  return servers.length === 0
    ? ''
    : `  ${servers.map(([name, players]) => `${name} ${formatCount(players)}`).join(', ')}`
}
