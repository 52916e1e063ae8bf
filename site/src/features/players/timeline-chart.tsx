import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { GamemodeKey } from '../explore/gamemode-colours.ts'
import { GamemodeMark } from '../explore/gamemode-mark.tsx'
import type { Timeline, TimelineSpan } from './timeline-days.ts'

const HOURS = [0, 6, 12, 18, 24] as const
/** Narrower has no room for a number. */
const NUMBERED_SHARE_MIN = 0.035

/** Days as rows and hours as columns: when somebody played, and in which game modes, by number and colour. */
export function TimelineChart(props: {
  readonly timeline: Timeline
  readonly keys: ReadonlyMap<string, GamemodeKey>
  readonly sessionCount: number
}) {
  const { format } = useApp()
  const days = () => props.timeline.days
  const shown = () => {
    const played = new Set(days().flatMap(({ spans }) => spans.map(({ gamemode }) => gamemode)))
    return Array.from(props.keys.values()).filter(({ gamemode }) => played.has(gamemode))
  }
  const isOnlySession = () => days().some(({ spans }) => spans.every(({ gamemode }) => gamemode === undefined))
  return (
    <>
      <div role="img" aria-label={m.timelineSummary(props.sessionCount, days().length)}>
        <div class="relative mb-1 ml-16 h-4 text-[11px] muted" title={m.hoursOfDay(format().timeZone)}>
          <For each={HOURS}>
            {(hour) => (
              <span
                class="num absolute"
                classList={{ '-translate-x-1/2': hour > 0 && hour < 24, '-translate-x-full': hour === 24 }}
                style={{ left: `${(hour / 24) * 100}%` }}
              >
                {String(hour).padStart(2, '0')}
              </span>
            )}
          </For>
        </div>
        <For each={days()}>
          {(day) => (
            <div class="flex items-center">
              <span class="num w-16 shrink-0 text-xs whitespace-nowrap muted">{format().day(day.startMs)}</span>
              <span class="relative my-0.5 block h-5 flex-1 overflow-hidden rounded-[4px] bg-neutral">
                <For each={HOURS.slice(1, -1)}>
                  {(hour) => (
                    <span class="absolute inset-y-0 w-px bg-base-300/70" style={{ left: `${(hour / 24) * 100}%` }} />
                  )}
                </For>
                <For each={day.spans}>
                  {(span) => (
                    <Span span={span} known={span.gamemode === undefined ? undefined : props.keys.get(span.gamemode)} />
                  )}
                </For>
              </span>
            </div>
          )}
        </For>
      </div>
      <ul class="mt-4 flex flex-wrap gap-x-4 gap-y-1.5 text-xs" aria-label={m.legend}>
        <For each={shown()}>
          {(gamemode) => (
            <li class="flex min-w-0 items-center gap-1.5">
              <GamemodeMark gamemode={gamemode} />
              <span class="truncate">{gamemode.gamemode}</span>
            </li>
          )}
        </For>
        <Show when={isOnlySession() && shown().length === 0}>
          <li class="flex items-center gap-1.5 muted">
            <span class="size-3 rounded-sm bg-base-content/40" aria-hidden="true" />
            {m.noGamemode}
          </li>
        </Show>
      </ul>
      <Show when={props.timeline.isCut}>
        <p class="mt-2 text-xs muted">{m.moreDays}</p>
      </Show>
    </>
  )
}

function Span(props: { readonly span: TimelineSpan; readonly known: GamemodeKey | undefined }) {
  const { format } = useApp()
  const title = () =>
    m.timelineSpan(
      props.span.gamemode ?? m.noGamemode,
      format().moment(props.span.fromMs),
      format().moment(props.span.toMs),
    )
  return (
    <span
      class="num absolute inset-y-0 min-w-[3px] overflow-hidden border-r border-base-200 text-center text-[11px] leading-5 font-semibold text-base-200"
      classList={{ 'bg-base-content/40': props.known === undefined }}
      style={{
        left: `${props.span.left * 100}%`,
        width: `${props.span.width * 100}%`,
        background: props.known?.colour,
      }}
      title={title()}
    >
      {props.known !== undefined && props.span.width >= NUMBERED_SHARE_MIN ? props.known.number : ''}
    </span>
  )
}
