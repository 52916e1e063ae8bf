import { For } from 'solid-js'
import { chartMessages as m } from '../messages/chart-messages.ts'
import type { ChartGap, ChartSeries } from './chart-data.ts'

const GAPS_NAMED_MAX = 3

/** Names the lines of a chart and the reasons for its gaps. */
export function ChartLegend(props: {
  readonly series: readonly ChartSeries[]
  readonly gaps: readonly ChartGap[]
  readonly formatTime: (atMs: number) => string
}) {
  const line = (index: number) => props.series.slice(0, index).filter(({ look }) => look !== 'comparison').length + 1
  return (
    <>
      <For each={props.series}>
        {({ label, look }, index) => (
          <span class="flex items-center gap-1.5">
            <span
              class="w-4 border-t-2"
              classList={{ 'border-dashed': look === 'comparison' }}
              style={{ 'border-color': look === 'comparison' ? 'var(--muted)' : `var(--chart-${line(index())})` }}
              aria-hidden="true"
            />
            {label}
          </span>
        )}
      </For>
      <For each={props.gaps.slice(0, GAPS_NAMED_MAX)}>
        {({ fromMs, toMs, reason }) => (
          <span class="flex items-center gap-1.5">
            <span class="size-3 shrink-0 rounded-sm border border-base-300 bg-(--gap)" aria-hidden="true" />
            {m.noData(`${reason} ${props.formatTime(fromMs)}–${props.formatTime(toMs)}`)}
          </span>
        )}
      </For>
    </>
  )
}
