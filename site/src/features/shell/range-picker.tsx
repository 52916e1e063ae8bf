import { path as calendar } from 'lucide:calendar'
import { path as check } from 'lucide:check'
import { createSignal, For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { formatCalendarDate, parseCalendarDate, zonedDate } from '../../format/zoned-time.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { COMPARISONS } from '../../url/app-state.ts'
import { RANGE_PRESETS } from '../../url/range.ts'
import { COMPARISON_LABELS, COMPARISON_SHORT, labelRange, PRESET_LABELS } from './range-labels.ts'

/** The time that the numbers are of, what they are compared with, and in which zone. */
export function RangePicker() {
  const app = useApp()
  const label = () => labelRange(app.state().range, app.range(), app.format())
  return (
    <PopoverMenu
      triggerClass="btn btn-ghost btn-sm h-9 max-w-full border border-base-300 font-normal"
      panelClass="right-0 w-72"
      trigger={
        <>
          <Icon path={calendar} />
          <span class="sr-only">{m.rangeTitle}</span>
          <span class="sr-only truncate sm:not-sr-only">{label()}</span>
          <span class="hidden muted xl:inline">{COMPARISON_SHORT[app.state().compare]}</span>
        </>
      }
    >
      {(close) => (
        <>
          <p class="px-2.5 pt-1.5 pb-1 text-xs muted">{m.rangeTitle}</p>
          <div class="grid grid-cols-2">
            <For each={RANGE_PRESETS}>
              {(preset) => (
                <Choice
                  title={PRESET_LABELS[preset]}
                  isChosen={isPreset(app.state().range, preset)}
                  onChoose={() => {
                    app.change({ range: { kind: 'preset', preset } })
                    close()
                  }}
                />
              )}
            </For>
          </div>
          <CustomDays onDone={close} />
          <p class="mt-2 border-t border-base-300/60 px-2.5 pt-2.5 pb-1 text-xs muted">{m.compareTitle}</p>
          <For each={COMPARISONS}>
            {(compare) => (
              <Choice
                title={COMPARISON_LABELS[compare]}
                isChosen={app.state().compare === compare}
                onChoose={() => app.change({ compare })}
              />
            )}
          </For>
          <p class="mt-2 border-t border-base-300/60 px-2.5 pt-2.5 pb-1 text-xs muted">
            {m.timeZone(app.format().timeZone, app.format().offset(app.now()))}
          </p>
          <Choice title={m.showUtc} isChosen={app.showsUtc()} onChoose={() => app.setShowsUtc(!app.showsUtc())} />
        </>
      )}
    </PopoverMenu>
  )
}

function isPreset(range: { readonly kind: string; readonly preset?: string }, preset: string): boolean {
  return range.kind === 'preset' && range.preset === preset
}

function Choice(props: { readonly title: string; readonly isChosen: boolean; readonly onChoose: () => void }) {
  return (
    <button
      type="button"
      class="flex w-full cursor-pointer items-center gap-2 rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral aria-pressed:font-medium"
      aria-pressed={props.isChosen}
      data-menu-item
      onClick={() => props.onChoose()}
    >
      <span class="flex-1">{props.title}</span>
      <Show when={props.isChosen}>
        <Icon path={check} class="size-3.5 text-success" />
      </Show>
    </button>
  )
}

/** Two days of the network's calendar. */
function CustomDays(props: { readonly onDone: () => void }) {
  const app = useApp()
  const zone = () => app.network()?.timeZone ?? 'UTC'
  const dateAt = (atMs: number) => formatCalendarDate(zonedDate(atMs, zone()))
  const [from, setFrom] = createSignal(dateAt(app.range().fromMs))
  const [to, setTo] = createSignal(dateAt(app.range().toMs - 1))
  const [isReversed, setReversed] = createSignal(false)
  function apply(event: SubmitEvent): void {
    event.preventDefault()
    const [first, last] = [parseCalendarDate(from()), parseCalendarDate(to())]
    if (first === undefined || last === undefined) return
    setReversed(from() > to())
    if (from() > to()) return
    app.change({ range: { kind: 'days', from: first, to: last } })
    props.onDone()
  }
  const field = (title: string, value: () => string, set: (value: string) => void) => (
    <label class="flex min-w-0 flex-1 flex-col gap-1 text-xs muted">
      {title}
      <input
        type="date"
        class="input input-sm num w-full bg-base-100 text-base-content"
        value={value()}
        max={dateAt(app.now())}
        required
        onInput={(event) => set(event.currentTarget.value)}
      />
    </label>
  )
  return (
    <form
      class="mt-1 flex flex-col gap-2 border-t border-base-300/60 px-2.5 pt-2.5"
      onSubmit={apply}
      aria-label={m.rangeCustom}
    >
      {field(m.rangeFrom, from, setFrom)}
      {field(m.rangeTo, to, setTo)}
      <Show when={isReversed()}>
        <p class="text-xs text-error" role="alert">
          {m.rangeReversed}
        </p>
      </Show>
      <button type="submit" class="btn btn-primary btn-sm">
        {m.rangeApply}
      </button>
    </form>
  )
}
