import { createEffect, createMemo, createSignal, on, untrack } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import type { App } from '../../app/app-context.ts'
import type { ChartGap } from '../../charts/chart-data.ts'
import { createMemoLater } from '../../components/create-memo-later.ts'
import { startOfDate, zonedDate } from '../../format/zoned-time.ts'
import { liveMessages as m } from '../../messages/live-messages.ts'
import { type LiveMinutes, minuteOf } from './day-chart.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
/** The day on which clocks go back. */
const LONGEST_DAY_MS = 25 * 60 * MINUTE_MS
const REFRESH_MS = 10 * MINUTE_MS
/** The comparison reaches so far ahead, for the minutes until the history is asked for again. */
const AHEAD_MS = 15 * MINUTE_MS

/** The last day of players online, and the minutes since it was asked for from the live stream. */
export function createDay(app: App) {
  const networkId = () => app.network()?.id
  const zone = () => app.network()?.timeZone ?? 'UTC'
  const midnightMs = createMemoLater(() => startOfDate(zonedDate(minuteOf(app.now()), zone()), zone()))
  const card = createCard(
    () => (networkId() === undefined ? undefined : { networkId: networkId() ?? '' }),
    (param, signal) => {
      const nowMs = Date.now()
      const query = {
        fromMs: String(nowMs - LONGEST_DAY_MS),
        toMs: String(nowMs + AHEAD_MS),
        stepMs: String(MINUTE_MS),
        compare: 'week',
      }
      return app.api.get('/networks/:networkId/ccu', { param, query: { ...query, compare: 'week' } }, { signal })
    },
    { refreshEveryMs: REFRESH_MS },
  )
  /** Where the chart begins: a day ago, or at midnight when that is longer ago. */
  const fromMs = () => Math.min(minuteOf(app.now()) - DAY_MS, midnightMs())
  return { card, live: createLiveMinutes(app, card.refresh), midnightMs, fromMs }
}

/** Notes at every minute what the stream says, so that the chart goes on without being asked for. */
function createLiveMinutes(app: App, onMissed: () => void): () => LiveMinutes {
  const [minutes, setMinutes] = createSignal<LiveMinutes>(new Map())
  let isMissing = false
  createEffect(
    on(
      () => app.network()?.id,
      () => setMinutes(new Map()),
      { defer: true },
    ),
  )
  createEffect(() => {
    const atMs = minuteOf(app.now())
    const counts = app.sources.live.counts()
    if (app.sources.live.follow().kind !== 'open' || counts === undefined) {
      isMissing ||= untrack(minutes).size > 0
      return
    }
    if (isMissing) {
      isMissing = false
      onMissed()
    }
    const known = untrack(minutes).get(atMs)
    const players = counts.total
    // The stream's own peak begins anew at the full minute, which may be a moment away from ours.
    const peak = Math.max(players, known?.peak ?? 0, minuteOf(counts.atMs) === atMs ? counts.peak : 0)
    if (known?.players !== players || known.peak !== peak) {
      setMinutes((before) => new Map([...before, [atMs, { players, peak }] as const].slice(-DAY_MS / MINUTE_MS)))
    }
  })
  return minutes
}

/** A range that somebody drew, in the steps that it needs; nothing is asked for while the whole day is shown. */
export function createSpan(app: App) {
  const span = () => {
    const { range } = app.state()
    return range.kind === 'span' ? range : undefined
  }
  const card = createCard(
    () => {
      const [networkId, range] = [app.network()?.id, span()]
      return networkId === undefined || range === undefined ? undefined : { networkId, ...range }
    },
    ({ networkId, fromMs, toMs }, signal) => {
      const query = { fromMs: String(fromMs), toMs: String(toMs), compare: 'week' as const }
      return app.api.get('/networks/:networkId/ccu', { param: { networkId }, query }, { signal })
    },
  )
  return { span, card }
}

/** Why numbers are missing in the time that the chart shows. */
export function createGaps(app: App, span: () => { readonly fromMs: number; readonly toMs: number } | undefined) {
  /** The gaps of the last day are there already when somebody looks closer at a part of it. */
  const older = () => {
    const range = span()
    return range !== undefined && range.fromMs < untrack(app.now) - DAY_MS ? range : undefined
  }
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      const range = older()
      return networkId === undefined ? undefined : { networkId, fromMs: range?.fromMs, toMs: range?.toMs }
    },
    ({ networkId, fromMs, toMs }, signal) => {
      const query = fromMs === undefined ? {} : { fromMs: String(fromMs), toMs: String(toMs) }
      return app.api.get('/networks/:networkId/gaps', { param: { networkId }, query }, { signal })
    },
    { refreshEveryMs: REFRESH_MS },
  )
  return createMemo((): readonly ChartGap[] => {
    const state = card.state()
    if (state.kind !== 'ready') return []
    const range = span()
    const isShown = (gap: { readonly fromMs: number; readonly toMs: number }): boolean =>
      range === undefined || (gap.fromMs < range.toMs && gap.toMs > range.fromMs)
    return state.data.filter(isShown).map(({ server, fromMs, toMs, reason, lostEvents }) => {
      const lost = app.format().number(lostEvents)
      const words = {
        collector_down: m.gapCollectorDown,
        spool_full: m.gapSpoolFull(server ?? '', lost),
        buffer_full: m.gapBufferFull(lost),
      }
      return { fromMs, toMs, reason: words[reason] }
    })
  })
}
