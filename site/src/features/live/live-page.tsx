import { createEffect, createMemo, on, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { loadTimeChart } from '../../charts/later-time-chart.tsx'
import { createMemoLater } from '../../components/create-memo-later.ts'
import { liveMessages as m } from '../../messages/live-messages.ts'
import { type Dimension, toggleFilter } from '../../url/filters.ts'
import { createFeed } from './create-feed.ts'
import { createGamemodeChange } from './create-gamemode-change.ts'
import { createJoins } from './create-joins.ts'
import { createOnline } from './create-online.ts'
import { createPainted } from './create-painted.ts'
import { DimensionCard } from './dimension-card.tsx'
import { readPlatformKey, toPlatformRows, toRows } from './dimension-rows.ts'
import { FeedCard } from './feed-card.tsx'
import { NoServerNotice } from './no-server-notice.tsx'
import { OnlineCard } from './online-card.tsx'
import { chosen } from './online-filters.ts'
import { OnlineNowCard } from './online-now-card.tsx'

const WEEK_MS = 7 * 86_400_000
const MINUTE_MS = 60_000

/** The network at this moment: how many, where, who, and what happens. */
export function Page() {
  const app = useApp()
  const counts = app.sources.live.counts
  const feed = createFeed()
  const joins = createJoins(app)
  const isPainted = createPainted(() => counts() !== undefined)
  createEffect(() => isPainted() && loadTimeChart())
  const online = createOnline(app, isPainted, (events, skipped) => {
    feed.add(events, skipped)
    joins.add(events)
  })
  createEffect(
    on(online.players, (players, before) => {
      if (players === undefined) {
        feed.clear()
        joins.clear()
      } else if (before === undefined) {
        feed.begin(players)
        joins.begin(players)
      }
    }),
  )

  const selected = (dimension: Dimension) => chosen(app.state().filters, dimension)
  const toggle = (dimension: Dimension, value: string): void =>
    app.change({ filters: toggleFilter(app.state().filters, { dimension, operator: 'is', value }) })
  /** Without the right to see single players there is no list to be filtered. */
  const selectIn = (dimension: Dimension) =>
    app.may('players.view') ? (value: string) => toggle(dimension, value) : undefined
  const rowsOf = (dimension: Dimension, label?: (value: string) => string) =>
    createMemo(() => {
      const now = counts()
      if (now === undefined) return undefined
      const by = { server: now.byServer, gamemode: now.byGamemode, country: now.byCountry, domain: now.byDomain }
      const values = { ...by, version: now.byVersion }[dimension as keyof typeof by | 'version']
      return toRows(values, selected(dimension), label)
    })
  const total = () => counts()?.total ?? 0

  const changeOf = createGamemodeChange(app)
  const gamemodes = rowsOf('gamemode', (value) => value || m.noneChosen)
  const gamemodeRows = createMemo(() =>
    gamemodes()?.map((row) => {
      const change = changeOf()(row.key, row.value)
      return change === undefined ? row : { ...row, change }
    }),
  )
  const hasChange = () => gamemodeRows()?.some(({ change }) => change !== undefined) === true
  const weekday = createMemoLater(() => app.format().weekday(Math.floor(app.now() / MINUTE_MS) * MINUTE_MS - WEEK_MS))
  const domains = rowsOf('domain')
  const countries = rowsOf('country', (code) => (code === '' ? '' : app.format().country(code)))
  const servers = rowsOf('server')
  const versions = rowsOf('version')
  const platforms = createMemo(() => {
    const now = counts()
    if (now === undefined) return undefined
    return toPlatformRows(now, { platform: selected('platform'), device: selected('device') })
  })
  const platformsSelected = () => [
    ...selected('platform').map((value) => `platform:${value}`),
    ...selected('device').map((value) => `device:${value}`),
  ]

  return (
    <div class="grid grid-cols-12 gap-4 lg:gap-5">
      <NoServerNotice />
      <OnlineNowCard joinsAMinute={joins.aMinute()} class="col-span-12 xl:col-span-8" />
      <DimensionCard
        title={m.byGamemode}
        aside={hasChange() ? m.nowVs(weekday()) : m.now}
        rows={gamemodeRows()}
        total={total()}
        selected={selected('gamemode')}
        onSelect={selectIn('gamemode')}
        rowsShown={7}
        look="below"
        size="min-h-72"
        class="col-span-12 xl:col-span-4"
      />
      <DimensionCard
        title={m.byDomain}
        rows={domains()}
        total={total()}
        selected={selected('domain')}
        onSelect={selectIn('domain')}
        rowsShown={6}
        isMono
        size="min-h-48"
        class="col-span-12 md:col-span-6 xl:col-span-4"
      />
      <DimensionCard
        title={m.byCountry}
        rows={countries()}
        total={total()}
        selected={selected('country')}
        onSelect={selectIn('country')}
        rowsShown={6}
        size="min-h-48"
        class="col-span-12 md:col-span-6 xl:col-span-4"
      />
      <DimensionCard
        title={m.byPlatform}
        rows={platforms()}
        total={total()}
        selected={platformsSelected()}
        onSelect={
          app.may('players.view')
            ? (key) => {
                const { dimension, value } = readPlatformKey(key)
                toggle(dimension, value)
              }
            : undefined
        }
        rowsShown={5}
        look="shares"
        size="min-h-48"
        class="col-span-12 xl:col-span-4"
      />
      <Show when={isPainted()}>
        <DimensionCard
          title={m.byServer}
          rows={servers()}
          total={total()}
          selected={selected('server')}
          onSelect={selectIn('server')}
          rowsShown={4}
          size="min-h-32"
          class="col-span-12 md:col-span-6"
        />
        <DimensionCard
          title={m.byVersion}
          rows={versions()}
          total={total()}
          selected={selected('version')}
          onSelect={selectIn('version')}
          rowsShown={4}
          size="min-h-32"
          class="col-span-12 md:col-span-6"
        />
        <OnlineCard online={online} class="col-span-12 xl:col-span-8" />
        <FeedCard feed={feed} class="col-span-12 xl:col-span-4" />
      </Show>
    </div>
  )
}
