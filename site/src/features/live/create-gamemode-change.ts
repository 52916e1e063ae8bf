import { createMemo, createSignal, onCleanup } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import type { App } from '../../app/app-context.ts'
import { changeFrom } from './day-chart.ts'

const STEP_MS = 5 * 60_000
const REFRESH_MS = 10 * 60_000
const AHEAD_MS = 15 * 60_000
const VALUES_MAX = '50'
/** What is beside the numbers may come after them: a person may ask ten times a second. */
const LATER_MS = 1_500

type ChangeOf = (gamemode: string, players: number) => number | undefined

/** How each game mode compares with the same five minutes a week ago: a function of its name and its players now. */
export function createGamemodeChange(app: App): () => ChangeOf {
  const [isTime, setTime] = createSignal(false)
  const timer = setTimeout(() => setTime(true), LATER_MS)
  onCleanup(() => clearTimeout(timer))
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      return networkId === undefined || !isTime() ? undefined : { networkId }
    },
    (param, signal) => {
      const nowMs = Date.now()
      const query = { fromMs: String(nowMs - STEP_MS), toMs: String(nowMs + AHEAD_MS), stepMs: String(STEP_MS) }
      return app.api.get(
        '/networks/:networkId/ccu',
        { param, query: { ...query, by: 'gamemode', values: VALUES_MAX, compare: 'week' } },
        { signal },
      )
    },
    { refreshEveryMs: REFRESH_MS },
  )
  return createMemo((): ChangeOf => {
    const state = card.state()
    if (state.kind !== 'ready') return () => undefined
    const { atMs, comparison } = state.data
    const index = atMs.findLastIndex((at) => at <= app.now())
    const before = new Map(comparison?.series.map(({ value, players }) => [value, players[index] ?? undefined]))
    return (gamemode, players) => changeFrom(before.get(gamemode), players)
  })
}
