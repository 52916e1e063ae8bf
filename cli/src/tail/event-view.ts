import type { TailEvent } from '../api/types.ts'
import type { Clock } from '../format/clock.ts'
import { formatDuration } from '../format/durations.ts'
import { describeClient } from '../sessions/session-columns.ts'
import { fitWidth, padWidth } from '../terminal/display-width.ts'
import type { Palette } from '../terminal/palette.ts'

const KIND_WIDTH = 12
const PLAYER_WIDTH = 16
const SERVER_WIDTH = 12

/** What the collector's own types of events are called here; a network's own keep their names. */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  session_start: 'join',
  gamemode_switch: 'switch',
  session_end: 'leave',
}

/** One event as a line: when, what, who, where, and what else there is to say. */
export function layoutEvent(
  event: TailEvent,
  layout: { readonly clock: Clock; readonly palette: Palette; readonly widthMax: number | undefined },
): string {
  const { clock, palette, widthMax } = layout
  const who = event.playerName ?? event.playerId?.slice(0, 8) ?? ''
  const kind = padWidth(EVENT_WORDS[event.type] ?? event.type, KIND_WIDTH)
  const plain = `${clock.time(event.atMs)}  ${kind}`
  const rest =
    `  ${padWidth(who, PLAYER_WIDTH)}  ${padWidth(event.server, SERVER_WIDTH)}  ${describeDetails(event)}`.trimEnd()
  if (widthMax !== undefined && plain.length >= widthMax) return fitWidth(plain, widthMax)
  const fitted = widthMax === undefined ? rest : fitWidth(rest, widthMax - plain.length)
  return `${palette.faint(clock.time(event.atMs))}  ${styleKind(event.type, palette)(kind)}${fitted}`
}

function styleKind(type: string, palette: Palette): (text: string) => string {
  if (type === 'session_start') return palette.good
  if (type === 'session_end') return palette.faint
  return type === 'refused' ? palette.attention : palette.accent
}

/** What else there is to say about an event, for people. */
export function describeDetails({ type, details }: TailEvent): string {
  const text = (name: string): string => String(details[name] ?? '')
  switch (type) {
    case 'session_start': {
      const client = describeClient({ platform: text('platform'), device: text('device'), version: text('version') })
      return [text('domain'), client, text('country'), text('backend') && `on ${text('backend')}`]
        .filter(Boolean)
        .join(', ')
    }
    case 'gamemode_switch':
      return text('from') === '' ? `to ${text('to')}` : `${text('from')} → ${text('to')}`
    case 'session_end':
      return `${text('reason').replace('_', ' ')} after ${formatDuration(Number(details['durationMs'] ?? 0))}`
    case 'refused':
      return `${text('code')} ${text('detail')}`
    default:
      return Object.entries(details)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')
  }
}
