import { type Command, Option } from 'commander'
import type { AuditEntry } from '../api/types.ts'
import { AUDIT_ACTIONS } from '../audit/audit-actions.ts'
import { auditColumns } from '../audit/audit-columns.ts'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { formatCountOf } from '../format/numbers.ts'
import { addExamples } from '../help.ts'
import { EMAIL_CHARS_MAX, text, wholeNumber } from '../parse/arguments.ts'
import { parseInstant } from '../parse/parse-instant.ts'
import { findUser } from '../users/find-user.ts'

const LIMIT_DEFAULT = 50
/** As many as the collector gives at once. */
const LIMIT_MAX = 500
const CURSOR_CHARS_MAX = 200
/** Of a list that is of no single network. */
const TIME_ZONE = 'UTC'

interface Options {
  readonly action?: AuditEntry['action']
  readonly user?: string
  readonly since?: string
  readonly limit: number
  readonly cursor?: string
}

/** `audit` */
export function addAudit(program: Command, cli: Cli): void {
  const command = program
    .command('audit')
    .description('Show who changed what, the newest first: of one network with --network, else of all')
    .addOption(new Option('--action <action>', 'only this').choices(AUDIT_ACTIONS))
    .option('--user <user>', 'only by them: e-mail address or id', text(EMAIL_CHARS_MAX))
    .option('--since <instant>', 'since then: 2h (ago), 2026-11-21, "2026-11-21 18:30"')
    .option('--limit <count>', 'how many', wholeNumber({ min: 1, max: LIMIT_MAX }), LIMIT_DEFAULT)
    .option('--cursor <cursor>', 'go on where an earlier list ended', text(CURSOR_CHARS_MAX))
    .action((options: Options) => showAudit(cli, command, options))
  addExamples(
    command,
    ['mctrack audit'],
    ['mctrack audit --network "Example Network" --since 7d'],
    ['mctrack audit --action key.revoked --user alex@example.net'],
    ['mctrack audit --action sign_in.failed', 'wrong tokens, counted by where they come from'],
    ['mctrack audit --since 30d --limit 500 --json > audit.json'],
  )
}

async function showAudit(cli: Cli, command: Command, options: Options): Promise<void> {
  const session = cli.open(command)
  const { api, read, output } = session
  const network = await session.namedNetwork()
  const timeZone = network?.timeZone ?? TIME_ZONE
  const user = options.user === undefined ? undefined : findUser(await read(api.users.$get()), options.user)
  const query = {
    ...toQuery(options, { nowMs: cli.system.now(), timeZone }),
    ...(user === undefined ? {} : { user: user.id }),
  }
  const { entries, nextCursor } = await read(
    network === undefined
      ? api.audit.$get({ query })
      : api.networks[':networkId'].audit.$get({ param: { networkId: network.id }, query }),
  )
  if (output.isJson) output.data(entries)
  else if (entries.length === 0) output.note('Nothing of the kind was written down.')
  else {
    const nameOf = network === undefined ? await loadNames(session) : undefined
    output.table(auditColumns({ timeZone, palette: output.palette, nameOf }), entries)
    output.note(`${formatCountOf(entries.length, 'entry', 'entries')}; times in ${timeZone}.`)
  }
  if (nextCursor !== null) output.aside(`There are more: --cursor ${nextCursor}`, { nextCursor })
}

/** @throws CliError USAGE for an instant that is none */
function toQuery(
  { action, since, limit, cursor }: Options,
  at: { readonly nowMs: number; readonly timeZone: string },
): { action?: AuditEntry['action']; fromMs?: string; limit: string; cursor?: string } {
  const fromMs = since === undefined ? undefined : parseInstant(since, at)
  if (since !== undefined && fromMs === undefined) {
    throw new CliError(
      'USAGE',
      `--since must be an instant such as 2h (ago), 2026-11-21 or "2026-11-21 18:30", but is "${since}".`,
    )
  }
  return {
    limit: String(limit),
    ...(action === undefined ? {} : { action }),
    ...(fromMs === undefined ? {} : { fromMs: String(fromMs) }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

/** A network that is no longer there is named by its id. */
async function loadNames({ networks }: Session): Promise<(networkId: string) => string> {
  const names = new Map((await networks()).map(({ id, name }) => [id, name]))
  return (networkId) => names.get(networkId) ?? networkId
}
