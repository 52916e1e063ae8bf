import { type Command, Option } from 'commander'
import type { Cli } from '../../cli.ts'
import { formatCount, formatCountOf } from '../../format/numbers.ts'
import { addExamples } from '../../help.ts'
import { text, wholeNumber } from '../../parse/arguments.ts'
import { loadSessionPages } from '../../sessions/load-session-pages.ts'
import { sessionColumns } from '../../sessions/session-columns.ts'
import { type SessionFilterOptions, toSessionQuery } from '../../sessions/session-filter.ts'
import { createProgress } from '../../terminal/progress.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 1_000_000
const TEXT_CHARS_MAX = 253

interface Options extends SessionFilterOptions {
  readonly limit: number
  readonly cursor?: string
  readonly all?: true
}

/** `sessions list` */
export function addSessionsList(sessions: Command, cli: Cli): void {
  const command = sessions
    .command('list')
    .description('List sessions, the newest first')
    .option('--player <name>', "the player's UUID, or a part of the name", text(TEXT_CHARS_MAX))
    .option('--server <name>', 'only sessions that this server reported', text(TEXT_CHARS_MAX))
    .option('--domain <host>', 'only players who typed this host name', text(TEXT_CHARS_MAX))
    .option('--country <code>', 'only players from this country, such as DE', text(2))
    .addOption(new Option('--platform <name>', 'only this platform').choices(['java', 'bedrock']))
    .option('--client-version <version>', 'only clients of this version, such as 1.21.11', text(TEXT_CHARS_MAX))
    .option('--from <instant>', 'joined since then: 2h (ago), 2026-11-21, "2026-11-21 18:30"')
    .option('--to <instant>', 'joined before then')
    .option('--open', 'only players who are online now')
    .addOption(new Option('--ended', 'only sessions that are over').conflicts('open'))
    .option('--secondary', 'also sessions of players who were counted through another one')
    .option('--limit <count>', 'how many', wholeNumber({ min: 1, max: LIMIT_MAX }), LIMIT_DEFAULT)
    .option('--cursor <cursor>', 'go on where an earlier list ended')
    .addOption(new Option('--all', 'all there are, however many'))
    .action((options: Options) => listSessions(cli, command, options))
  addExamples(
    command,
    ['mctrack sessions list --open'],
    ['mctrack sessions list --player Notch --from 7d'],
    ['mctrack sessions list --domain play.example.net --country DE --limit 200'],
    ['mctrack sessions list --all --json > sessions.json'],
  )
}

async function listSessions(cli: Cli, command: Command, options: Options): Promise<void> {
  const { api, read, network, output } = cli.open(command)
  const { id, name, timeZone } = await network()
  const query = toSessionQuery(options, { nowMs: cli.system.now(), timeZone })
  const pages = loadSessionPages(
    ({ limit, cursor }) =>
      read(
        api.networks[':networkId'].sessions.$get({
          param: { networkId: id },
          query: { ...query, limit: String(limit), ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    { limit: options.all === true ? Number.POSITIVE_INFINITY : options.limit, cursor: options.cursor },
  )
  const progress = createProgress(cli.system, output)
  const list = output.isJson ? output.list() : undefined
  const show = list?.add ?? output.pages(sessionColumns({ timeZone, palette: output.palette }))
  let shown = 0
  let next: string | null = null
  for await (const { sessions, nextCursor } of pages) {
    progress.clear()
    if (sessions.length > 0) show(sessions)
    shown += sessions.length
    next = nextCursor
    if (next !== null) progress.show(`${formatCount(shown)} sessions so far …`)
  }
  progress.clear()
  list?.end()
  if (shown === 0) return output.note(`No session of ${name} is like that.`)
  output.note(`${formatCountOf(shown, 'session')}; times in ${timeZone}.`)
  if (next !== null) output.aside(`There are more: --cursor ${next}`, { nextCursor: next })
}
