import { For } from 'solid-js'
import { useFormat } from '../components/format-context.ts'
import { chartMessages as m } from '../messages/chart-messages.ts'
import type { ChartData } from './chart-data.ts'

/** What a chart shows, as a table of the same height. */
export function ChartTable(props: {
  readonly data: ChartData
  readonly title: string
  readonly formatValue: (value: number) => string
}) {
  const { format } = useFormat()
  const rows = () => props.data.timesMs.map((atMs, index) => ({ atMs, index })).reverse()
  return (
    <section class="h-full overflow-auto rounded-lg border border-base-300/60" aria-label={props.title} tabindex={0}>
      <table class="w-full text-sm">
        <thead class="sticky top-0 bg-base-200 text-xs muted">
          <tr>
            <th scope="col" class="px-3 py-2 text-left font-normal">
              {m.time}
            </th>
            <For each={props.data.series}>
              {({ label }) => (
                <th scope="col" class="px-3 py-2 text-right font-normal">
                  {label}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={rows()}>
            {({ atMs, index }) => (
              <tr class="border-t border-base-300/50">
                <th
                  scope="row"
                  class="num px-3 py-1.5 text-left font-normal whitespace-nowrap"
                  title={format().exact(atMs)}
                >
                  {format().moment(atMs)}
                </th>
                <For each={props.data.series}>
                  {({ values }) => (
                    <td class="num px-3 py-1.5 text-right">{formatCell(values[index], props.formatValue)}</td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}

function formatCell(value: number | null | undefined, formatValue: (value: number) => string): string {
  return value === null || value === undefined ? m.noValue : formatValue(value)
}
