import type { NetworkSession } from '../api/types.ts'
import { createClock } from '../format/clock.ts'
import { formatDuration } from '../format/durations.ts'
import type { Palette } from '../terminal/palette.ts'
import type { Column } from '../terminal/table.ts'

/** Game modes that one row names; a player who goes back and forth has hundreds. */
const STAYS_SHOWN_MAX = 5

/** The columns of a table of sessions. */
export function sessionColumns({
  timeZone,
  palette,
}: {
  readonly timeZone: string
  readonly palette: Palette
}): ReadonlyArray<Column<NetworkSession>> {
  const clock = createClock(timeZone)
  return [
    { title: 'Joined', text: ({ startedAtMs }) => clock.dateTime(startedAtMs), isWhole: true },
    { title: 'Player', text: ({ playerName }) => playerName },
    {
      title: 'For',
      text: ({ durationMs }) => (durationMs === null ? 'online' : formatDuration(durationMs)),
      style: (text, { durationMs }) => (durationMs === null ? palette.good(text) : text),
      align: 'right',
    },
    { title: 'Left', text: ({ endReason }) => (endReason ?? '').replace('_', ' ') },
    { title: 'Server', text: ({ server }) => server },
    { title: 'Played', text: ({ gamemodes }) => describeStays(gamemodes.map(({ gamemode }) => gamemode)) },
    { title: 'Domain', text: ({ domain }) => domain },
    { title: 'From', text: ({ country }) => country },
    { title: 'Client', text: describeClient },
  ]
}

/** The way through the game modes: `lobby → survival → lobby`. */
export function describeStays(gamemodes: readonly string[]): string {
  const way = gamemodes.filter((gamemode, index) => gamemode !== gamemodes[index - 1])
  if (way.length <= STAYS_SHOWN_MAX) return way.join(' → ')
  const skipped = way.length - STAYS_SHOWN_MAX + 1
  return [...way.slice(0, STAYS_SHOWN_MAX - 2), `… ${skipped} more`, way.at(-1) ?? ''].join(' → ')
}

/** `Java 1.21.11`, `Bedrock ios`. */
export function describeClient(client: {
  readonly platform: string
  readonly device: string
  readonly version: string
}): string {
  const platform = client.platform === 'bedrock' ? 'Bedrock' : 'Java'
  return [platform, client.device, client.version].filter((part) => part !== '').join(' ')
}
