import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { LaterTimeChart } from '../../charts/later-time-chart.tsx'
import { BigNumber } from '../../components/big-number.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { createMemoLater } from '../../components/create-memo-later.ts'
import { Delta } from '../../components/delta.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { liveMessages as m } from '../../messages/live-messages.ts'
import { DEFAULT_STATE, toggleTable } from '../../url/app-state.ts'
import { createDay, createGaps, createSpan } from './create-day.ts'
import { type CcuHistory, changeFrom, findPeakSince, minuteOf, toDayChart, valueBefore } from './day-chart.ts'

const CHART = 'ccu'
const WEEK_MS = 7 * 86_400_000
/** The chart with its legend, so that nothing moves when it comes. */
const CHART_SIZE = 'min-h-60 sm:min-h-[302px]'

/** Players online now, compared with last week, and the day that led there. */
export function OnlineNowCard(props: { readonly joinsAMinute: number | undefined; readonly class: string }) {
  const app = useApp()
  const day = createDay(app)
  const { span, card: spanCard } = createSpan(app)
  const gaps = createGaps(app, span)
  const [isExplained, setExplained] = createSignal(false)

  const total = () => app.sources.live.counts()?.total
  const history = (): CcuHistory | undefined => {
    const state = day.card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  const minuteMs = createMemo(() => minuteOf(app.now()))
  const change = createMemo(() => {
    const [known, now] = [history(), total()]
    return known === undefined || now === undefined ? undefined : changeFrom(valueBefore(known, minuteMs()), now)
  })
  const peak = createMemo(() => {
    const known = history()
    return known === undefined ? undefined : findPeakSince(known, day.live(), day.midnightMs())
  })
  const weekday = createMemoLater(() => app.format().weekday(minuteMs() - WEEK_MS))
  const chartOf = (known: CcuHistory) =>
    toDayChart({
      history: known,
      live: day.live(),
      gaps: gaps(),
      fromMs: span() === undefined ? day.fromMs() : undefined,
      nowMs: minuteMs(),
      words: {
        main: span() === undefined ? m.today : m.inThisTime,
        before: span() === undefined ? m.lastWeekday(weekday()) : m.aWeekBefore,
        notRecorded: m.notRecorded,
      },
    })
  const title = () => {
    const range = span()
    if (range === undefined) return m.chartTitle
    return m.chartTitleSpan(app.format().moment(range.fromMs), app.format().moment(range.toMs))
  }
  const shown = () => (span() === undefined ? day.card : spanCard)

  return (
    <section class={`card-quiet min-w-0 p-4 sm:p-5 ${props.class}`} aria-labelledby="online-title">
      <div class="flex flex-wrap items-start gap-x-10 gap-y-3">
        <div class="min-w-0">
          <h2 id="online-title" class="text-sm muted">
            {m.playersOnline}
          </h2>
          <div class="mt-1 flex min-h-12 flex-wrap items-end gap-x-3 gap-y-1.5" data-test="online-now">
            <Show when={total() !== undefined} fallback={<span class="quiet-pulse h-12 w-32 rounded-lg" />}>
              <BigNumber text={app.format().number(total() ?? 0)} rolls />
            </Show>
            <span class="flex h-6 min-w-56 items-center gap-1.5 pb-0.5 text-sm max-sm:basis-full">
              <Show when={change() !== undefined}>
                <Delta share={change() ?? 0} hasIcon />
                <span class="num muted">{m.vs(weekday(), app.format().time(minuteMs()))}</span>
              </Show>
            </span>
          </div>
        </div>
        <dl class="flex gap-8 text-sm sm:ml-auto">
          <Fact title={m.peakToday}>
            <Show when={peak()} fallback={<span class="muted">{'–'}</span>}>
              {(at) => (
                <>
                  {app.format().number(at().players)}{' '}
                  <span class="font-normal muted">{app.format().time(at().atMs)}</span>
                </>
              )}
            </Show>
          </Fact>
          <Fact title={m.joinsAMinute} help={m.joinsHelp}>
            {props.joinsAMinute === undefined ? '–' : app.format().number(props.joinsAMinute)}
          </Fact>
        </dl>
      </div>
      <CardBody
        state={shown().state()}
        onRetry={shown().refresh}
        skeleton="chart"
        size={CHART_SIZE}
        isEmpty={(known) => (known.series[0]?.players ?? []).every((value) => value === null) && day.live().size === 0}
        empty={<EmptyState title={m.chartEmpty} sentence={m.chartEmptySentence} />}
      >
        {(known) => {
          // Once for a new number and once a minute; not for every tick of the clock.
          const data = createMemo(() => chartOf(known()))
          return (
            <LaterTimeChart
              title={title()}
              data={data()}
              size="h-52 sm:h-[270px]"
              syncKey="live"
              isTable={app.state().tables.includes(CHART)}
              onToggleTable={() => app.change(toggleTable(app.state(), CHART))}
              onZoom={(fromMs, toMs) => app.change({ range: { kind: 'span', fromMs, toMs } })}
              actions={
                <>
                  <Show when={span()}>
                    <button
                      type="button"
                      class="link-hover link"
                      onClick={() => app.change({ range: DEFAULT_STATE.range })}
                    >
                      {m.backToDay}
                    </button>
                  </Show>
                  <button type="button" class="link-hover link" onClick={() => setExplained(true)}>
                    {m.explain}
                  </button>
                </>
              }
            />
          )
        }}
      </CardBody>
      <Dialog isOpen={isExplained()} onClose={() => setExplained(false)} title={m.explainTitle}>
        <p>{m.explainNow}</p>
        <p class="mt-3">{m.explainPast}</p>
        <p class="mt-3">{m.explainPeak}</p>
        <p class="mt-3">
          {m.explainGaps} {m.zoomHint}
        </p>
      </Dialog>
    </section>
  )
}

function Fact(props: { readonly title: string; readonly help?: string; readonly children: JSX.Element }) {
  return (
    <div title={props.help}>
      <dt class="text-xs muted">{props.title}</dt>
      <dd class="num mt-0.5 min-w-12 font-medium">{props.children}</dd>
    </div>
  )
}
