import { ERROR_CODES } from '@mctrack/sdk/protocol'
import type { Command } from 'commander'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'
import { confirm } from '../terminal/confirm.ts'
import { createProgress } from '../terminal/progress.ts'
import { type SettleDeps, type Settlement, settleAll, settleNamed } from './settle-dead-letters.ts'

/** Failures that are named one by one; the rest are counted. */
const FAILURES_SHOWN_MAX = 10
/** Letters that arrived while the command started are meant too. */
const AHEAD_MS = 60_000

export interface SettleOptions {
  readonly all?: true
  readonly code?: string
  readonly yes?: true
}

/** What replaying and discarding are called. */
export interface SettleVerb {
  readonly verb: 'replay' | 'discard'
  readonly past: 'replayed' | 'discarded'
  /** What `--all` does, as a question. */
  readonly question: (which: string) => string
}

/** Replays or discards the letters named, or all of a kind, and says what became of them. */
export async function runSettlement(
  cli: Cli,
  command: Command,
  verb: SettleVerb,
  { ids, options }: { readonly ids: readonly string[]; readonly options: SettleOptions },
): Promise<void> {
  if (ids.length > 0 === (options.all === true)) {
    throw new CliError('USAGE', `Say which: the ids of dead letters, or --all (with --code for one reason alone).`)
  }
  if (options.code !== undefined && options.all !== true) throw new CliError('USAGE', '--code goes with --all.')
  const session = cli.open(command)
  const { output } = session
  const network = await session.network()
  const which = `all kept dead letters of ${network.name}${options.code === undefined ? '' : ` with ${options.code}`}`
  if (options.all === true && options.yes !== true && !(await confirm(cli.system, verb.question(which)))) {
    output.note('Nothing was changed.')
    return cli.exitWith(1)
  }
  const progress = createProgress(cli.system, output)
  const deps: SettleDeps = {
    ...createCalls(session, network.id, verb.verb, options.code),
    onProgress: (done) => progress.show(`${formatCount(done)} ${verb.past} …`),
  }
  const settlement =
    options.all === true
      ? await settleAll(cli.system.now() + AHEAD_MS, deps).finally(progress.clear)
      : await settleNamed(ids, deps).finally(progress.clear)
  report(cli, session, verb, settlement)
}

function createCalls(
  { api, read }: Session,
  networkId: string,
  verb: SettleVerb['verb'],
  code: string | undefined,
): Pick<SettleDeps, 'loadPage' | 'settle'> {
  const routes = api.networks[':networkId']['dead-letters']
  return {
    loadPage: ({ beforeMs, limit }) =>
      read(
        routes.$get({
          param: { networkId },
          query: {
            state: 'kept',
            beforeMs: String(beforeMs),
            limit: String(limit),
            ...(code === undefined ? {} : { code }),
          },
        }),
      ),
    async settle(id) {
      const param = { networkId, deadLetterId: encodeURIComponent(id) }
      await read(
        verb === 'replay'
          ? routes[':deadLetterId'].replay.$post({ param })
          : routes[':deadLetterId'].discard.$post({ param }),
      )
    },
  }
}

function report(cli: Cli, { output }: Session, { past }: SettleVerb, { settled, failed }: Settlement): void {
  const [first] = failed
  if (first !== undefined && settled.length === 0 && failed.length === 1) throw new CliError(first.code, first.message)
  if (output.isJson) output.data({ [past]: settled, failed })
  else {
    for (const { id, message } of failed.slice(0, FAILURES_SHOWN_MAX)) output.warn(`${id}: ${message}`)
    if (failed.length > FAILURES_SHOWN_MAX) {
      output.warn(`${formatCount(failed.length - FAILURES_SHOWN_MAX)} more were refused.`)
    }
    const word = past.charAt(0).toUpperCase() + past.slice(1)
    const kept = failed.length === 0 ? '' : `; ${formatCount(failed.length)} stay kept`
    output.done(`${word} ${formatCountOf(settled.length, 'dead letter')}${kept}.`)
  }
  if (first !== undefined) cli.exitWith(ERROR_CODES[first.code].exit)
}
