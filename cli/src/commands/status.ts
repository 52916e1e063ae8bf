import { ERROR_CODES } from '@mctrack/sdk/protocol'
import type { Command } from 'commander'
import { askReadiness } from '../api/readiness.ts'
import type { About, LiveCounts, Network, Readiness } from '../api/types.ts'
import type { Cli, Session } from '../cli.ts'
import { formatDuration } from '../format/durations.ts'
import { formatCount } from '../format/numbers.ts'
import { addExamples } from '../help.ts'
import type { Output } from '../output.ts'
import { layoutFields } from '../terminal/fields.ts'

/** Networks whose live numbers are asked for; with more, `live` tells of one. */
const NETWORKS_MAX = 50

interface Status {
  readonly url: string
  readonly ready: boolean
  readonly about: About
  readonly checks: Readiness['checks']
  readonly networks: ReadonlyArray<NetworkStatus>
}

interface NetworkStatus {
  readonly id: string
  readonly name: string
  readonly total: number
  readonly serversConnected: number
}

/** `status` */
export function addStatus(program: Command, cli: Cli): void {
  const command = program
    .command('status')
    .description('Show whether the collector works, and who is online; exits with 7 when it does not')
    .action(async () => {
      const session = cli.open(command)
      const status = await loadStatus(session, cli.system.now)
      if (session.output.isJson) session.output.data(status)
      else showStatus(status, session.output, cli.system.now())
      if (!status.ready) cli.exitWith(ERROR_CODES.STORAGE_UNAVAILABLE.exit)
    })
  addExamples(command, ['mctrack status'], ['mctrack status --url https://mctrack.example.net --json'])
}

async function loadStatus({ api, read, place }: Session, now: () => number): Promise<Status> {
  const { readiness } = await askReadiness(place, now)
  const [about, networks] = await Promise.all([read(api.about.$get()), read(api.networks.$get({ query: {} }))])
  const live = await Promise.all(
    networks
      .slice(0, NETWORKS_MAX)
      .map(({ id }) => read(api.networks[':networkId'].live.$get({ param: { networkId: id } }))),
  )
  return {
    url: place.url,
    ready: readiness.status === 'ready',
    about,
    checks: readiness.checks,
    networks: live.flatMap((counts, index) => toNetworkStatus(networks[index], counts)),
  }
}

function toNetworkStatus(network: Network | undefined, { total, serversConnected }: LiveCounts): NetworkStatus[] {
  return network === undefined ? [] : [{ id: network.id, name: network.name, total, serversConnected }]
}

function showStatus({ url, about, ready, checks, networks }: Status, output: Output, nowMs: number): void {
  const { palette } = output
  const engines = `ClickHouse ${about.clickhouse}, PostgreSQL ${about.postgres}${about.redis ? ', Redis' : ''}`
  const state = ready ? palette.good('works') : palette.bad('does not work as it should')
  output.lines(
    `${palette.strong(url)} ${state}`,
    ...layoutFields(
      [
        ['Version', about.version],
        ['Runs for', formatDuration(nowMs - about.startedAtMs)],
        ['Roles', about.roles.join(', ')],
        ['Engines', engines],
      ],
      palette.faint,
    ),
    '',
    ...checks.map(({ ok, message }) => `  ${ok ? palette.good('✓') : palette.bad('✗')} ${message}`),
    '',
  )
  if (networks.length === 0)
    return output.lines('There is no network yet. Create one: mctrack networks create "My network"')
  output.table(
    [
      { title: 'Network', text: ({ name }) => name },
      { title: 'Players', text: ({ total }) => formatCount(total), align: 'right' },
      { title: 'Servers', text: ({ serversConnected }) => formatCount(serversConnected), align: 'right' },
    ],
    networks,
  )
}
