import { sleep } from '@mctrack/sdk/simulator'
import type { Network } from '../api/types.ts'
import type { Session } from '../cli.ts'
import { createClock } from '../format/clock.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'

const LINE_EVERY_MS = 2_000

/** Says who is online, line by line, until the signal aborts: for where there is no terminal to draw on. */
export async function showLines(session: Session, network: Network, signal: AbortSignal): Promise<void> {
  const { api, read, output } = session
  const clock = createClock(network.timeZone)
  while (!signal.aborted) {
    const counts = await read(api.networks[':networkId'].live.$get({ param: { networkId: network.id } }))
    const gamemodes = Object.entries(counts.byGamemode)
      .sort(([, m], [, n]) => n - m)
      .map(([name, players]) => `${name} ${formatCount(players)}`)
    if (output.isJson) output.record({ kind: 'live', isSimulated: true, ...counts })
    else {
      const online = `${formatCountOf(counts.total, 'simulated player')} online`
      output.lines(`${clock.dateTime(counts.atMs)}  ${online}  ${gamemodes.join(', ')}`)
    }
    await sleep(LINE_EVERY_MS, signal)
  }
}
