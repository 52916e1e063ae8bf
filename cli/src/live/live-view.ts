import type { LiveCounts } from '../api/types.ts'
import type { Clock } from '../format/clock.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'
import { bar } from '../terminal/bar.ts'
import { cleanText } from '../terminal/clean-text.ts'
import { displayWidth, fitWidth, padWidth } from '../terminal/display-width.ts'
import type { Palette } from '../terminal/palette.ts'
import { sparkline } from '../terminal/sparkline.ts'

const INDENT = '  '
const WIDTH_COMFORTABLE = 100
/** Narrower terminals have the breakdowns below each other. */
const WIDTH_TWO_COLUMNS = 64
const COLUMN_GAP = '    '
const NAME_WIDTH_MAX = 24

/** What the live screen shows. */
export interface LiveView {
  readonly networkName: string
  readonly counts: LiveCounts
  /** Peaks of the minutes of the last hour, oldest first; null where nothing is known. Undefined while not loaded. */
  readonly lastHour: ReadonlyArray<number | null> | undefined
  /** What else must be known of these numbers, such as that they are made up. */
  readonly notice?: string | undefined
  /** How the connection is, in the top right corner; undefined for numbers that are shown once. */
  readonly link:
    | { readonly kind: 'connected'; readonly nowMs: number }
    | { readonly kind: 'lost'; readonly message: string }
    | undefined
}

export interface LiveLayout {
  readonly width: number
  /** Rows of the terminal; undefined shows all there is. */
  readonly height: number | undefined
  readonly clock: Clock
  readonly palette: Palette
}

/** Lays out the players online: the total, the last hour, and who is where. Every line fits the width. */
export function layoutLive(view: LiveView, layout: LiveLayout): readonly string[] {
  const width = Math.min(layout.width, WIDTH_COMFORTABLE)
  const inner = Math.max(1, width - INDENT.length)
  const sized = { ...layout, width: inner }
  const head = [
    ...titleLines(view, sized),
    ...(view.notice === undefined ? [] : [layout.palette.attention(fitWidth(view.notice, inner))]),
    '',
    ...totalLines(view, sized),
    '',
    ...hourLines(view, sized),
    '',
  ]
  const room = layout.height === undefined ? Number.POSITIVE_INFINITY : layout.height - head.length
  const lines = [...head, ...breakdownLines(view.counts, { ...sized, room })]
  return lines.slice(0, layout.height).map((line) => (line === '' ? '' : INDENT + line))
}

function titleLines({ networkName, link, counts }: LiveView, { width, clock, palette }: LiveLayout): readonly string[] {
  const name = cleanText(networkName)
  if (link === undefined) {
    const at = clock.dateTime(counts.atMs)
    return justify(name, at, width, { left: palette.strong, right: palette.faint })
  }
  if (link.kind === 'lost') {
    const since = `numbers from ${clock.time(counts.atMs)}`
    return [
      ...justify(name, since, width, { left: palette.strong, right: palette.attention }),
      palette.attention(fitWidth(link.message, width)),
    ]
  }
  return justify(name, `live  ${clock.time(link.nowMs)}`, width, { left: palette.strong, right: palette.good })
}

function totalLines({ counts, link }: LiveView, { width, palette }: LiveLayout): readonly string[] {
  const { total, peak, serversConnected } = counts
  const style = link?.kind === 'lost' ? palette.faint : (text: string) => palette.strong(palette.accent(text))
  const rest = `${formatCountOf(serversConnected, 'server')} connected, peak ${formatCount(peak)} this minute`
  const number = `${formatCountOf(total, 'player')} online`
  return justify(number, rest, width, { left: style, right: palette.faint })
}

function hourLines({ lastHour, counts }: LiveView, { width, palette }: LiveLayout): readonly string[] {
  if (lastHour === undefined) return [palette.faint(fitWidth('last hour  not known yet', width))]
  const values = [...lastHour, counts.peak]
  const known = values.filter((value) => value !== null)
  const label = 'last hour  '
  const peak = `  peak ${formatCount(Math.max(0, ...known))}`
  const room = width - label.length - peak.length
  if (room < 8) return [palette.accent(sparkline(values, width))]
  return [palette.faint(label) + palette.accent(sparkline(values, room)) + palette.faint(peak)]
}

function breakdownLines(counts: LiveCounts, layout: LiveLayout & { readonly room: number }): readonly string[] {
  const { width, room, palette } = layout
  const { byServer, byGamemode, total } = counts
  if (width >= WIDTH_TWO_COLUMNS) {
    const column = Math.floor((width - COLUMN_GAP.length) / 2)
    const left = breakdown('By server', byServer, { total, width: column, rowsMax: room - 1, palette })
    const right = breakdown('By game mode', byGamemode, { total, width: column, rowsMax: room - 1, palette })
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
      `${padWidth(left[index] ?? '', column)}${COLUMN_GAP}${right[index] ?? ''}`.trimEnd(),
    )
  }
  // Below each other: two headings and what parts them; what one does not need is the other's.
  const rows = Math.max(2, room - 3)
  const [servers, gamemodes] = [Object.keys(byServer).length, Object.keys(byGamemode).length]
  const serverRows = Math.max(Math.floor(rows / 2), rows - Math.max(1, gamemodes))
  const gamemodeRows = rows - Math.min(serverRows, Math.max(1, servers))
  return [
    ...breakdown('By server', byServer, { total, width, rowsMax: serverRows, palette }),
    '',
    ...breakdown('By game mode', byGamemode, { total, width, rowsMax: gamemodeRows, palette }),
  ]
}

/** Names with a bar and a number each, the largest first; what finds no room is summed up. */
function breakdown(
  title: string,
  values: Readonly<Record<string, number>>,
  layout: { readonly total: number; readonly width: number; readonly rowsMax: number; readonly palette: Palette },
): readonly string[] {
  const { total, width, rowsMax, palette } = layout
  const rows = Object.entries(values).sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
  const heading = palette.faint(fitWidth(title, width))
  if (rows.length === 0) return [heading, palette.faint(fitWidth('nobody', width))]
  const shown = rows.length <= rowsMax ? rows : rows.slice(0, Math.max(0, rowsMax - 1))
  const hidden = rows.slice(shown.length)
  const named = shown.map(([name, players]) => [name === '' ? 'unknown' : cleanText(name), players] as const)
  const nameWidth = Math.min(
    NAME_WIDTH_MAX,
    Math.floor(width / 2),
    Math.max(...named.map(([name]) => displayWidth(name)), 0),
  )
  const numberWidth = formatCount(total).length
  const barWidth = width - nameWidth - numberWidth - 2
  const lines = named.map(([name, players]) => {
    const cells = `${padWidth(fitWidth(name, nameWidth), nameWidth)} ${padWidth(formatCount(players), numberWidth, 'right')}`
    const drawn = barWidth < 3 ? '' : ` ${palette.accent(bar(players, total, barWidth))}`
    return (displayWidth(cells) > width ? fitWidth(cells, width) : cells) + drawn
  })
  if (hidden.length === 0) return [heading, ...lines]
  const players = hidden.reduce((sum, [, count]) => sum + count, 0)
  return [heading, ...lines, palette.faint(fitWidth(`and ${hidden.length} more with ${formatCount(players)}`, width))]
}

/** One text on the left and one on the right; below each other where they do not fit. */
function justify(
  left: string,
  right: string,
  width: number,
  style: { readonly left: (text: string) => string; readonly right: (text: string) => string },
): readonly string[] {
  const gap = width - displayWidth(left) - displayWidth(right)
  if (gap >= 2) return [style.left(left) + ' '.repeat(gap) + style.right(right)]
  return [style.left(fitWidth(left, width)), style.right(fitWidth(right, width))]
}
