import { createSignal, For, onMount, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { formatCalendarDate, parseCalendarDate, zonedDate } from '../../format/zoned-time.ts'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import { formatRange, type RangePreset } from '../../url/range.ts'
import { PRESET_LABELS } from '../shell/range-labels.ts'

/** Those that a filter of days is used with. */
export const DAY_PRESETS: readonly RangePreset[] = ['today', 'yesterday', '7d', '28d', '91d', '12mo']

/** Days of the network's calendar: a preset, or the first and the last. */
export function DaysInput(props: { readonly onChoose: (value: string) => void }) {
  const app = useApp()
  const [isReversed, setReversed] = createSignal(false)
  const today = () => formatCalendarDate(zonedDate(app.now(), app.network()?.timeZone ?? 'UTC'))
  let root: HTMLDivElement | undefined
  let from: HTMLInputElement | undefined
  let to: HTMLInputElement | undefined
  onMount(() => root?.querySelector<HTMLElement>('[data-menu-item]')?.focus())

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const [first, last] = [parseCalendarDate(from?.value ?? ''), parseCalendarDate(to?.value ?? '')]
    if (first === undefined || last === undefined) return
    const isWrong = formatCalendarDate(first) > formatCalendarDate(last)
    setReversed(isWrong)
    if (!isWrong) props.onChoose(formatRange({ kind: 'days', from: first, to: last }))
  }
  return (
    <div ref={root}>
      <div class="grid grid-cols-2">
        <For each={DAY_PRESETS}>
          {(preset) => (
            <button
              type="button"
              class="cursor-pointer rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral"
              data-menu-item
              onClick={() => props.onChoose(preset)}
            >
              {PRESET_LABELS[preset]}
            </button>
          )}
        </For>
      </div>
      <form class="mt-1 flex flex-col gap-2 border-t border-base-300/60 p-1 pt-2.5" onSubmit={submit}>
        <label class="flex flex-col gap-1 text-xs muted">
          {m.from}
          <input
            ref={from}
            type="date"
            class="input input-sm num w-full bg-base-100 text-base-content"
            max={today()}
            required
          />
        </label>
        <label class="flex flex-col gap-1 text-xs muted">
          {m.to}
          <input
            ref={to}
            type="date"
            class="input input-sm num w-full bg-base-100 text-base-content"
            max={today()}
            required
          />
        </label>
        <Show when={isReversed()}>
          <p class="text-xs text-error" role="alert">
            {m.daysReversed}
          </p>
        </Show>
        <button type="submit" class="btn btn-primary btn-sm">
          {m.apply}
        </button>
      </form>
    </div>
  )
}
