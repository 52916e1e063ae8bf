import type { Command } from 'commander'
import { follow } from '../api/follow.ts'
import type { Network, TailEvent } from '../api/types.ts'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { createClock } from '../format/clock.ts'
import { formatCountOf } from '../format/numbers.ts'
import { addExamples } from '../help.ts'
import { listOf, text, wholeNumber } from '../parse/arguments.ts'
import { createStopper, type Stopper } from '../stopper.ts'
import { createPlayerNames, type EventFilterOptions, isWanted, type PlayerNames } from '../tail/event-filter.ts'
import { layoutEvent } from '../tail/event-view.ts'

const EVENTS_MAX = 1_000_000_000
const TEXT_CHARS_MAX = 64
/** As many as the collector names at once. */
const PLAYERS_MAX = 1_000

interface Options extends EventFilterOptions {
  readonly limit?: number
}

/** `tail` */
export function addTail(program: Command, cli: Cli): void {
  const command = program
    .command('tail')
    .description('Show events as they come: joins, switches, leaves, your own events, and what is refused')
    .option(
      '--type <types>',
      'only these: join, switch, leave, afk, purchase, refused, or the name of your own event; with commas',
      listOf(text(TEXT_CHARS_MAX)),
    )
    .option('--server <name>', 'only from this server', text(TEXT_CHARS_MAX))
    .option('--player <name>', 'only about this player: the UUID, or a part of the name', text(TEXT_CHARS_MAX))
    .option('-n, --limit <count>', 'end after so many', wholeNumber({ min: 1, max: EVENTS_MAX }))
    .action(async (options: Options) => {
      const session = cli.open(command)
      const network = await session.network()
      const stopper = createStopper()
      try {
        await showEvents(session, network, options, stopper)
      } finally {
        stopper.close()
      }
      cli.exitWith(stopper.exitCode())
    })
  addExamples(
    command,
    ['mctrack tail'],
    ['mctrack tail --type join,leave --server proxy-1'],
    ['mctrack tail --type refused', 'what goes wrong, as it happens'],
    ['mctrack tail --json | jq -r .playerName', 'one document a line'],
  )
}

async function showEvents(session: Session, network: Network, options: Options, stopper: Stopper): Promise<void> {
  const { output } = session
  const clock = createClock(network.timeZone)
  const names = createPlayerNames()
  let shown = 0
  for await (const item of follow(session, network.id, 'live/events', stopper.signal)) {
    if (item.kind === 'connected') {
      output.note(`Listening to ${network.name}; times in ${network.timeZone}. Ctrl-C ends it.`)
      await nameOnlinePlayers(session, network, names)
    } else if (item.kind === 'lost') {
      output.warn(
        `${item.error.message} Trying again in ${Math.ceil(item.retryInMs / 1_000)} s; events until then are not shown.`,
      )
    } else if (item.name === 'skipped') {
      const { events } = item.data as { readonly events: number }
      output.warn(`${formatCountOf(events, 'event')} came faster than they could be shown.`)
    } else if (item.name === 'event') {
      const event = names.fill(item.data as TailEvent)
      if (!isWanted(event, options)) continue
      if (output.isJson) output.record(event)
      else output.lines(layoutEvent(event, { clock, palette: output.palette, widthMax: output.widthMax() }))
      shown += 1
      if (shown === options.limit) return stopper.stop(0)
    }
  }
}

/** Custom events carry no names, so those of who is online already are asked for; without them ids are shown. */
async function nameOnlinePlayers({ api, read }: Session, network: Network, names: PlayerNames): Promise<void> {
  const param = { networkId: network.id }
  const answer = api.networks[':networkId'].live.players.$get({ param, query: { limit: String(PLAYERS_MAX) } })
  try {
    for (const { playerId, playerName } of (await read(answer)).players) names.note(playerId, playerName)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
  }
}
