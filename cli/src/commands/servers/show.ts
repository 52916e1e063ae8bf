import type { Command } from 'commander'
import type { Server } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { formatAge, formatDuration } from '../../format/durations.ts'
import { formatBytes, formatCount, formatCountOf } from '../../format/numbers.ts'
import { SERVER_STATE_WORDS, styleServerState } from '../../format/server-state.ts'
import { addExamples } from '../../help.ts'
import { SERVER_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'
import { layoutFields } from '../../terminal/fields.ts'
import type { Palette } from '../../terminal/palette.ts'

/** `servers show` */
export function addServersShow(servers: Command, cli: Cli): void {
  const command = servers
    .command('show')
    .description('Show one server: its state, load and link')
    .argument('<name>', 'what the server calls itself', text(SERVER_NAME_CHARS_MAX))
    .action(async (serverName: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id, timeZone } = await network()
      const param = { networkId: id, serverName: encodeURIComponent(serverName) }
      const server = await read(api.networks[':networkId'].servers[':serverName'].$get({ param }))
      if (output.isJson) return output.data(server)
      const { palette } = output
      const fields = fieldsOf(server, { nowMs: cli.system.now(), timeZone, palette })
      output.lines(palette.strong(server.name), ...layoutFields(fields, palette.faint))
    })
  addExamples(command, ['mctrack servers show proxy-1'], ['mctrack servers show proxy-1 --json'])
}

function fieldsOf(
  server: Server,
  { nowMs, timeZone, palette }: { readonly nowMs: number; readonly timeZone: string; readonly palette: Palette },
): ReadonlyArray<readonly [string, string]> {
  const { state, kind, players, software, sdk, firstSeenAtMs, lastSeenAtMs, clockOffsetMs, gauges } = server
  return [
    ['State', styleServerState(state, palette)(SERVER_STATE_WORDS[state])],
    ['Kind', kind],
    ['Players', formatCount(players)],
    ['Software', `${software.name} ${software.version}`.trim() || 'not said'],
    ['SDK', `${sdk.name} ${sdk.version}`.trim()],
    ['First seen', createClock(timeZone).dateTime(firstSeenAtMs)],
    ['Last seen', `${createClock(timeZone).dateTime(lastSeenAtMs)} (${formatAge(lastSeenAtMs, nowMs)})`],
    ['Clock', describeClock(clockOffsetMs)],
    ...(gauges === null ? [] : gaugeFields(gauges)),
  ]
}

function describeClock(offsetMs: number): string {
  const offBy = Math.abs(offsetMs)
  return offBy < 1_000 ? 'right' : `${formatDuration(offBy)} ${offsetMs > 0 ? 'behind' : 'ahead'}`
}

function gaugeFields(gauges: NonNullable<Server['gauges']>): ReadonlyArray<readonly [string, string]> {
  const { tps, msptMean, msptP95, memoryUsedBytes, memoryMaxBytes, pingMeanMs } = gauges
  const { spoolEvents, spoolBytes, droppedEvents } = gauges
  const known = (value: number | null, show: (known: number) => string): string =>
    value === null ? 'not reported' : show(value)
  return [
    ['Ticks', known(tps, (value) => `${value.toFixed(1)} a second`)],
    [
      'Tick time',
      known(msptMean, (mean) => `${mean.toFixed(1)} ms, P95 ${known(msptP95, (p95) => `${p95.toFixed(1)} ms`)}`),
    ],
    ['Memory', known(memoryUsedBytes, (used) => `${formatBytes(used)} of ${known(memoryMaxBytes, formatBytes)}`)],
    ['Ping', known(pingMeanMs, (ping) => `${Math.round(ping)} ms`)],
    ['Spool', known(spoolEvents, (events) => `${formatCountOf(events, 'event')}, ${known(spoolBytes, formatBytes)}`)],
    ['Given up', known(droppedEvents, (events) => formatCountOf(events, 'event'))],
  ]
}
