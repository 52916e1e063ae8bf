import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import { listRange } from './list-range.ts'

const YEAR_MS = 360 * 86_400_000

/** No row in the time of the header. A year without any is a network that has none yet. */
export function NothingInRange(props: { readonly title: string; readonly sentence: string; readonly icon: string }) {
  const app = useApp()
  const isLong = () => {
    const { fromMs, toMs } = listRange(app.state().range, app.range())
    return (toMs ?? app.range().toMs) - fromMs > YEAR_MS
  }
  return (
    <EmptyState
      title={isLong() ? props.title : m.nothingInRange}
      sentence={isLong() ? props.sentence : m.nothingInRangeSentence}
      icon={props.icon}
    >
      <Show when={!isLong()}>
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal"
          onClick={() => app.change({ range: { kind: 'preset', preset: '12mo' } })}
        >
          {m.showLonger}
        </button>
      </Show>
      <a class="btn btn-primary btn-sm" href="/docs/connect/">
        {m.howToConnect}
      </a>
    </EmptyState>
  )
}
