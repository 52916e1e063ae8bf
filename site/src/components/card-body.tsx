import { type JSX, Match, Show, Switch } from 'solid-js'
import type { CardState } from '../api/card-state.ts'
import { componentMessages as m } from '../messages/component-messages.ts'
import { EmptyState } from './empty-state.tsx'
import { ErrorState } from './error-state.tsx'
import { Freshness } from './freshness.tsx'
import { Skeleton, type SkeletonShape } from './skeleton.tsx'

/**
 * The inside of a card in each of its states: a skeleton of the same size, what it shows, what to do when there is
 * nothing, and an error with its code and another try. Data that could not be asked for again stays, with its age.
 */
export function CardBody<Data>(props: {
  readonly state: CardState<Data>
  readonly onRetry: () => void
  readonly skeleton: SkeletonShape
  /** A class that gives the body its height, so that nothing moves when the data comes: `min-h-72`. */
  readonly size: string
  readonly isEmpty?: (data: Data) => boolean
  /** What to do when there is nothing. */
  readonly empty?: JSX.Element
  readonly children: (data: () => Data) => JSX.Element
}) {
  const ready = () => (props.state.kind === 'ready' ? props.state : undefined)
  const failed = () => (props.state.kind === 'failed' ? props.state : undefined)
  return (
    <div class={`relative mt-3 flex min-w-0 flex-1 flex-col ${props.size}`} aria-busy={props.state.kind === 'loading'}>
      <Switch fallback={<Skeleton shape={props.skeleton} />}>
        <Match when={failed()}>
          {(state) => <ErrorState error={state().error} isRetrying={state().isRetrying} onRetry={props.onRetry} />}
        </Match>
        <Match when={ready()}>
          {(state) => (
            <>
              <Show
                when={props.isEmpty?.(state().data) !== true}
                fallback={props.empty ?? <EmptyState title={m.nothing} />}
              >
                <Show when={state().isOutdated}>
                  <BusyLine />
                </Show>
                <div class="flex min-w-0 flex-1 flex-col">{props.children(() => state().data)}</div>
              </Show>
              <Show when={state().error}>
                {(error) => <Freshness atMs={state().atMs} error={error()} onRetry={props.onRetry} />}
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}

/** Says that another answer is on its way, without taking the colour from what is there. */
function BusyLine() {
  return (
    <div class="busy-line" role="status">
      <span class="sr-only">{m.refreshing}</span>
    </div>
  )
}
