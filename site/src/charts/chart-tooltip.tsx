import { For, Show } from 'solid-js'
import { useFormat } from '../components/format-context.ts'
import { chartMessages as m } from '../messages/chart-messages.ts'
import type { ChartData } from './chart-data.ts'

/** Where the cursor of a chart is: the bucket, and the place in CSS pixels. */
export interface ChartCursor {
  readonly index: number
  readonly leftPx: number
  readonly isPastMiddle: boolean
}

/** What is under the cursor, beside it on the side that has room. Screen readers are told by the chart itself. */
export function ChartTooltip(props: {
  readonly data: ChartData
  readonly cursor: ChartCursor
  readonly colour: (index: number) => string
  readonly formatValue: (value: number) => string
}) {
  const { format } = useFormat()
  const atMs = () => props.data.timesMs[props.cursor.index] ?? 0
  const isOpen = () => atMs() >= (props.data.incompleteFromMs ?? Number.POSITIVE_INFINITY)
  const value = (values: ReadonlyArray<number | null>) => values[props.cursor.index] ?? null
  const shift = () =>
    `translateX(${props.cursor.leftPx}px) translateX(${props.cursor.isPastMiddle ? 'calc(-100% - 12px)' : '12px'})`
  return (
    <div
      class="pointer-events-none absolute top-3 left-0 z-10 max-w-56 rounded-lg border border-base-300 bg-base-100 px-3 py-2 text-xs"
      style={{ transform: shift() }}
      aria-hidden="true"
    >
      <p class="num font-medium whitespace-nowrap">
        {format().moment(atMs())}
        <Show when={isOpen()}>
          <span class="ml-1.5 muted">{m.soFar}</span>
        </Show>
      </p>
      <For each={props.data.series}>
        {({ label, values }, index) => (
          <p class="mt-1 flex items-center gap-2 whitespace-nowrap">
            <span class="size-2 rounded-full" style={{ background: props.colour(index()) }} />
            <span class="flex-1 truncate muted">{label}</span>
            <span class="num">{value(values) === null ? m.noValue : props.formatValue(value(values) ?? 0)}</span>
          </p>
        )}
      </For>
    </div>
  )
}
