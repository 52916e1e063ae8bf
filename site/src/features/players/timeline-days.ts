import { addDays, type CalendarDate, startOfDate, zonedDate } from '../../format/zoned-time.ts'

/** A session as far as a timeline draws it. Instants in Unix milliseconds. */
export interface TimelineSession {
  readonly sessionId: string
  readonly startedAtMs: number
  /** Null while it goes on. */
  readonly endedAtMs: number | null
  readonly gamemodes: ReadonlyArray<{
    readonly gamemode: string
    readonly startedAtMs: number
    readonly endedAtMs: number | null
  }>
}

/** A part of one day. */
export interface TimelineSpan {
  /** Undefined for the part of a session of which nobody said what was played. */
  readonly gamemode: string | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Where it begins and how long it is, as shares of its day. */
  readonly left: number
  readonly width: number
}

/** One day of the network's calendar. */
export interface TimelineDay {
  readonly date: CalendarDate
  readonly startMs: number
  /** Whole sessions first, what was played in them after: the later lies above. */
  readonly spans: readonly TimelineSpan[]
}

/** Days of a player, the newest first. */
export interface Timeline {
  readonly days: readonly TimelineDay[]
  /** Whether there are sessions that are not in it. */
  readonly isCut: boolean
}

/** Two weeks show a habit and fit on a screen. */
export const TIMELINE_DAYS_MAX = 14

/**
 * Cuts the newest sessions of a player into days, from the last on which they played back to the first, at most two
 * weeks. A session over midnight is in both of its days.
 *
 * @param options.isWhole whether `sessions` are all that there are
 */
export function timelineDays(
  sessions: readonly TimelineSession[],
  options: { readonly nowMs: number; readonly timeZone: string; readonly isWhole: boolean },
): Timeline {
  const { nowMs, timeZone, isWhole } = options
  if (sessions.length === 0) return { days: [], isCut: !isWhole }
  const endOf = (part: { readonly endedAtMs: number | null }, limitMs: number): number =>
    Math.min(part.endedAtMs ?? limitMs, limitMs)
  const endMs = Math.max(...sessions.map((session) => endOf(session, nowMs)))
  const beginMs = Math.min(...sessions.map(({ startedAtMs }) => startedAtMs))
  const firstDayMs = startOfDate(zonedDate(beginMs, timeZone), timeZone)

  const days: TimelineDay[] = []
  let date = zonedDate(endMs, timeZone)
  for (let index = 0; index < TIMELINE_DAYS_MAX; index++) {
    const startMs = startOfDate(date, timeZone)
    // The oldest of a list that goes on may be only the end of its day.
    if (startMs < firstDayMs || (!isWhole && startMs === firstDayMs && days.length > 0)) break
    const nextMs = startOfDate(addDays(date, 1), timeZone)
    const cut = (gamemode: string | undefined, fromMs: number, toMs: number): readonly TimelineSpan[] => {
      const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, nextMs)]
      const lengthMs = nextMs - startMs
      if (to <= from) return []
      return [{ gamemode, fromMs, toMs, left: (from - startMs) / lengthMs, width: (to - from) / lengthMs }]
    }
    const spans = [
      ...sessions.flatMap((session) => cut(undefined, session.startedAtMs, endOf(session, nowMs))),
      ...sessions.flatMap((session) =>
        session.gamemodes.flatMap((stay) => cut(stay.gamemode, stay.startedAtMs, endOf(stay, endOf(session, nowMs)))),
      ),
    ]
    days.push({ date, startMs, spans })
    date = addDays(date, -1)
  }
  const oldestMs = days.at(-1)?.startMs ?? 0
  return { days, isCut: !isWhole || beginMs < oldestMs }
}
