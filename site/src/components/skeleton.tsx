import { For, Match, Switch } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'

/** What the space is kept for. */
export type SkeletonShape = 'chart' | 'rows' | 'number' | 'table'

const ROWS = ['w-11/12', 'w-3/5', 'w-2/5', 'w-1/3', 'w-1/4'] as const

/** Quiet blocks in the shape of what will stand there. */
export function Skeleton(props: { readonly shape: SkeletonShape }) {
  return (
    <div class="flex flex-1 flex-col gap-3" role="status" aria-label={m.loading}>
      <Switch>
        <Match when={props.shape === 'chart'}>
          <div class="quiet-pulse min-h-40 w-full flex-1 rounded-lg" />
        </Match>
        <Match when={props.shape === 'number'}>
          <div class="quiet-pulse h-12 w-40 rounded-lg" />
        </Match>
        <Match when={props.shape === 'rows'}>
          <For each={ROWS}>{(width) => <div class={`quiet-pulse h-6 rounded-md ${width}`} />}</For>
        </Match>
        <Match when={props.shape === 'table'}>
          <For each={[...ROWS, ...ROWS]}>
            {(width) => (
              <div class="flex items-center gap-3">
                <div class="quiet-pulse size-6 rounded-md" />
                <div class={`quiet-pulse h-4 rounded-md ${width}`} />
              </div>
            )}
          </For>
        </Match>
      </Switch>
    </div>
  )
}
