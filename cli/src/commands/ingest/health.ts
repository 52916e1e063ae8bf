import type { Command } from 'commander'
import type { IngestHealth } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { formatAge, formatDuration } from '../../format/durations.ts'
import { formatBytes, formatCount, formatCountOf } from '../../format/numbers.ts'
import { SERVER_STATE_WORDS, styleServerState } from '../../format/server-state.ts'
import { addExamples } from '../../help.ts'
import type { Output } from '../../output.ts'
import { layoutFields } from '../../terminal/fields.ts'

/** `ingest health` */
export function addIngestHealth(ingest: Command, cli: Cli): void {
  const command = ingest
    .command('health')
    .description('Show what arrives, what is refused and why, and what waits to be stored')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id, name, timeZone } = await network()
      const health = await read(api.networks[':networkId'].ingest.$get({ param: { networkId: id } }))
      if (output.isJson) return output.data(health)
      output.lines(
        output.palette.strong(name),
        ...layoutFields(fieldsOf(health, timeZone, output), output.palette.faint),
      )
      showRefused(health, output)
      showServers(health, output)
    })
  addExamples(command, ['mctrack ingest health'], ['mctrack ingest health --json'])
}

function fieldsOf(
  health: IngestHealth,
  timeZone: string,
  { palette }: Output,
): ReadonlyArray<readonly [string, string]> {
  const { accepted, duplicates, unknownTypes, optedOut, connections, lagMs, waiting, lost, storage, sinceMs } = health
  const rows = waiting.reduce((sum, table) => sum + table.rows, 0)
  const bytes = waiting.reduce((sum, table) => sum + table.bytes, 0)
  return [
    ['Since', `${createClock(timeZone).dateTime(sinceMs)}, the start of the collector`],
    ['Accepted', formatCountOf(accepted, 'event')],
    ['Sent twice', formatCountOf(duplicates, 'event')],
    ...(unknownTypes === 0
      ? []
      : [['Unknown', formatCountOf(unknownTypes, 'event of a newer kind', 'events of newer kinds')] as const]),
    ...(optedOut === 0
      ? []
      : [
          [
            'Opted out',
            formatCountOf(optedOut, 'event of a player who opted out', 'events of players who opted out'),
          ] as const,
        ]),
    ['Connections', formatCount(connections)],
    [
      'Storage',
      storage === 'ok'
        ? palette.good('works')
        : palette.bad('does not take what it is given; it is kept and tried again'),
    ],
    [
      'Waiting',
      rows === 0 ? 'nothing' : `${formatCountOf(rows, 'row')}, ${formatBytes(bytes)}, for ${formatDuration(lagMs)}`,
    ],
    ...lost.map(
      ({ table, rows: given }) => ['Lost', palette.bad(`${formatCountOf(given, 'row')} of ${table}: no room`)] as const,
    ),
  ]
}

function showRefused({ refused }: IngestHealth, output: Output): void {
  output.lines('')
  if (refused.length === 0) return output.lines('Nothing was refused.')
  output.table(
    [
      { title: 'Refused', text: ({ events }) => formatCount(events), align: 'right', style: output.palette.attention },
      { title: 'Code', text: ({ code }) => code, isWhole: true },
      { title: 'Why', text: ({ message }) => message },
    ],
    [...refused].sort((a, b) => b.events - a.events),
  )
}

function showServers({ servers, atMs }: IngestHealth, output: Output): void {
  output.lines('')
  if (servers.length === 0) return output.lines('No server has reported yet.')
  output.table(
    [
      { title: 'Server', text: ({ server }) => server },
      {
        title: 'State',
        text: ({ state }) => SERVER_STATE_WORDS[state],
        style: (text, { state }) => styleServerState(state, output.palette)(text),
      },
      { title: 'Last seen', text: ({ lastSeenAtMs }) => formatAge(lastSeenAtMs, atMs) },
      {
        title: 'Spool',
        text: ({ spoolEvents }) => (spoolEvents === null ? '' : formatCount(spoolEvents)),
        align: 'right',
      },
      {
        title: 'Given up',
        text: ({ droppedEvents }) => (droppedEvents === null ? '' : formatCount(droppedEvents)),
        align: 'right',
      },
      { title: 'Clock off', text: ({ clockOffsetMs }) => formatDuration(Math.abs(clockOffsetMs)), align: 'right' },
    ],
    servers,
  )
}
