import { path as check } from 'lucide:check'
import { path as x } from 'lucide:x'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { Icon } from '../../components/icon.tsx'
import { startMessages as m } from '../../messages/start-messages.ts'
import type { JoinStep } from './join-steps.ts'

const TITLES = {
  reached: [m.reached, m.reachedNot],
  accepted: [m.accepted, m.acceptedNot],
  event: [m.event, m.eventNot],
  player: [m.player, m.playerNot],
} as const
const HINTS = { reached: m.reachedHint, accepted: '', event: m.eventHint, player: m.playerHint } as const
const STATE_WORDS = { done: m.stateDone, now: m.stateNow, failed: m.stateFailed, later: m.stateLater } as const

/** The steps to the first player, each with what happened or what is waited for. */
export function StepList(props: {
  readonly steps: readonly JoinStep[]
  /** What is known of a step that is done. */
  readonly factOf: (step: JoinStep) => string
  /** What went wrong, below the step that it concerns. */
  readonly failure: JSX.Element
}) {
  return (
    <ol class="flex flex-col gap-5" aria-live="polite">
      <For each={props.steps.map(({ key }) => key)}>
        {(key, index) => {
          const step = () => props.steps[index()] as JoinStep
          const title = () => TITLES[key][step().state === 'done' ? 0 : 1]
          const detail = () => {
            if (step().state === 'done') return props.factOf(step())
            return step().state === 'now' ? HINTS[key] : ''
          }
          return (
            <li class="flex gap-4">
              <StepMark state={step().state} number={index() + 1} />
              <div class="min-w-0 flex-1 pt-0.5">
                <p class="font-medium" classList={{ muted: step().state === 'later' }}>
                  {title()}
                  <span class="sr-only">{STATE_WORDS[step().state]}</span>
                </p>
                <p class="num mt-0.5 min-h-5 text-sm text-pretty muted wrap-anywhere">{detail()}</p>
                <Show when={step().state === 'failed'}>{props.failure}</Show>
              </div>
            </li>
          )
        }}
      </For>
    </ol>
  )
}

function StepMark(props: { readonly state: JoinStep['state']; readonly number: number }) {
  return (
    <span
      class="grid size-7 shrink-0 place-items-center rounded-full text-xs"
      classList={{
        'bg-success/15 text-success': props.state === 'done',
        'bg-primary text-primary-content': props.state === 'now',
        'bg-error/12 text-error': props.state === 'failed',
        'bg-neutral muted': props.state === 'later',
      }}
      aria-hidden="true"
    >
      <Switch fallback={<span class="num">{props.number}</span>}>
        <Match when={props.state === 'done'}>
          <Icon path={check} />
        </Match>
        <Match when={props.state === 'failed'}>
          <Icon path={x} />
        </Match>
        <Match when={props.state === 'now'}>
          <span class="size-3.5 rounded-full border-2 border-current border-t-transparent motion-safe:animate-spin" />
        </Match>
      </Switch>
    </span>
  )
}
