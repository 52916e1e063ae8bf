import { createMemo, createSignal, createUniqueId, type JSX, on, onCleanup, Show } from 'solid-js'
import type uPlot from 'uplot'
import { useFormat } from '../components/format-context.ts'
import { chartMessages as m } from '../messages/chart-messages.ts'
import { createChartColours } from './chart-colours.ts'
import type { ChartData } from './chart-data.ts'
import { ChartLegend } from './chart-legend.tsx'
import { describeMoment, summarizeChart } from './chart-summary.ts'
import { ChartTable } from './chart-table.tsx'
import { type ChartCursor, ChartTooltip } from './chart-tooltip.tsx'
import { createPlot } from './create-plot.ts'
import { gapShade } from './gap-shade.ts'
import { peakMark } from './peak-mark.ts'
import { type PlotSetup, seriesColour } from './plot-options.ts'

/** Shorter drags are clicks that slipped. */
const ZOOM_MIN_PX = 8
/** Fast arrow keys are read out once, at the end. */
const SPEAK_AFTER_MS = 250

/**
 * A chart of time: gaps shaded, the peak marked, what is still growing dashed; with a cursor for pointers and arrow
 * keys, a summary in words, and the same as a table.
 *
 * @example
 * <TimeChart title={m.playersOnline} data={data()} size="h-52 sm:h-75" syncKey="live"
 *   isTable={app.state().tables.includes('ccu')} onToggleTable={() => app.change(toggleTable(app.state(), 'ccu'))}
 *   onZoom={(fromMs, toMs) => app.change({ range: { kind: 'span', fromMs, toMs } })} />
 */
export function TimeChart(props: {
  readonly title: string
  readonly data: ChartData
  /** A class that gives the chart its height. */
  readonly size: string
  readonly syncKey?: string
  readonly formatValue?: (value: number) => string
  readonly hasPeak?: boolean
  readonly isTable?: boolean
  readonly onToggleTable?: (() => void) | undefined
  readonly onZoom?: ((fromMs: number, toMs: number) => void) | undefined
  /** Further words at the end of the legend, such as "Explain this number". */
  readonly actions?: JSX.Element
}) {
  const { format } = useFormat()
  const colours = createChartColours()
  const summaryId = createUniqueId()
  const [element, setElement] = createSignal<HTMLElement>()
  const [cursor, setCursor] = createSignal<ChartCursor>()
  const [isActive, setActive] = createSignal(false)
  const [spoken, setSpoken] = createSignal('')
  let plot: uPlot | undefined
  let speakTimer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(speakTimer))

  const formatValue = (value: number): string => (props.formatValue ?? format().number)(value)
  const timeZone = createMemo(() => format().timeZone)
  const shape = createMemo(() => JSON.stringify(props.data.series.map(({ label, look }) => [label, look])))
  // New values go into the chart that is there; only another shape or zone asks for another chart.
  const setup = createMemo(
    on([shape, timeZone], (): PlotSetup => {
      return {
        series: props.data.series,
        timeZone: timeZone(),
        syncKey: props.syncKey,
        formatValue,
        formatTime: format(),
        canZoom: props.onZoom !== undefined,
        colours,
        plugins: [
          gapShade(() => props.data.gaps ?? [], colours),
          ...(props.hasPeak === false
            ? []
            : [
                peakMark({
                  values: () => props.data.series.find(({ look }) => look === 'main')?.values,
                  label: (value) => m.peak(formatValue(value)),
                  colours,
                }),
              ]),
          { hooks: { setCursor: onCursor, setSelect: onSelect } },
        ],
      }
    }),
  )
  createPlot(
    element,
    setup,
    () => props.data,
    (next) => {
      plot = next
    },
  )

  function onCursor({ cursor: { idx, left }, over }: uPlot): void {
    if (idx === null || idx === undefined || left === undefined || left < 0) return void setCursor(undefined)
    setCursor({ index: idx, leftPx: left + over.offsetLeft, isPastMiddle: left > over.clientWidth / 2 })
  }
  function onSelect(chart: uPlot): void {
    const { left, width } = chart.select
    if (width >= ZOOM_MIN_PX)
      props.onZoom?.(Math.round(chart.posToVal(left, 'x')), Math.round(chart.posToVal(left + width, 'x')))
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
  }
  function onKeyDown(event: KeyboardEvent): void {
    const last = props.data.timesMs.length - 1
    const at = cursor()?.index ?? last + 1
    const step = event.shiftKey ? 10 : 1
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: at - step,
      ArrowRight: at + step,
      Home: 0,
      End: last,
    }
    const target = targets[event.key]
    if (event.key === 'Escape') plot?.setCursor({ left: -10, top: -10 })
    if (target === undefined || plot === undefined || last < 0) return
    event.preventDefault()
    const index = Math.max(0, Math.min(last, target))
    plot.setCursor({ left: plot.valToPos(props.data.timesMs[index] ?? 0, 'x'), top: 0 })
    clearTimeout(speakTimer)
    speakTimer = setTimeout(() => setSpoken(describeMoment(props.data, index, format(), formatValue)), SPEAK_AFTER_MS)
  }

  return (
    <div class="time-chart flex min-w-0 flex-col">
      <div class={`relative w-full ${props.size}`}>
        <Show
          when={props.isTable !== true}
          fallback={<ChartTable data={props.data} title={props.title} formatValue={formatValue} />}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: a figure cannot take the focus, and this one moves a cursor by keys */}
          <div
            ref={(own) => {
              setElement(own)
              onCleanup(() => setElement(undefined))
            }}
            class="size-full overflow-hidden rounded"
            role="group"
            tabindex={0}
            aria-label={props.title}
            aria-describedby={summaryId}
            onKeyDown={onKeyDown}
            onPointerEnter={() => setActive(true)}
            onPointerLeave={() => setActive(false)}
            onFocus={() => setActive(true)}
            onBlur={() => {
              setActive(false)
              plot?.setCursor({ left: -10, top: -10 })
            }}
          />
          <Show when={isActive() && cursor()}>
            {(at) => (
              <ChartTooltip
                data={props.data}
                cursor={at()}
                colour={(index) => seriesColour(props.data.series, index, colours())}
                formatValue={formatValue}
              />
            )}
          </Show>
        </Show>
      </div>
      <p id={summaryId} class="sr-only">
        {summarizeChart(props.data, format(), formatValue)} {m.keyboardHint}
      </p>
      <p class="sr-only" aria-live="polite">
        {spoken()}
      </p>
      <div class="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-xs muted">
        <ChartLegend series={props.data.series} gaps={props.data.gaps ?? []} formatTime={format().time} />
        <span class="ml-auto flex gap-3">
          <Show when={props.onToggleTable}>
            {(onToggle) => (
              <button
                type="button"
                class="link-hover link"
                aria-pressed={props.isTable === true}
                onClick={() => onToggle()()}
              >
                {props.isTable === true ? m.viewAsChart : m.viewAsTable}
              </button>
            )}
          </Show>
          {props.actions}
        </span>
      </div>
    </div>
  )
}
