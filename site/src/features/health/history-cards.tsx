import { path as check } from 'lucide:circle-check'
import { createMemo, For, Show } from 'solid-js'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import type { ChartData } from '../../charts/chart-data.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'
import { toggleTable } from '../../url/app-state.ts'
import { type IngestHistory, toAcceptedData, toRefusedData } from './refused-series.ts'

/** Accepted and refused events over the chosen time; the cursors of both move together. */
export function HistoryCards(props: { readonly card: CardData<IngestHistory> }) {
  const app = useApp()
  const accepted = (history: IngestHistory): number => history.accepted.reduce((sum, events) => sum + events, 0)
  const loaded = () => {
    const state = props.card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  return (
    <>
      <Card
        title={m.acceptedTitle}
        class="col-span-12 xl:col-span-6"
        aside={
          <Show when={loaded()}>
            {(history) => <span class="num">{m.total(app.format().number(accepted(history())))}</span>}
          </Show>
        }
      >
        <CardBody state={props.card.state()} onRetry={props.card.refresh} skeleton="chart" size="min-h-58">
          {(history) => {
            const data = createMemo(() => toAcceptedData(history(), Date.now()))
            return <Chart name="accepted" title={m.acceptedTitle} data={data()} />
          }}
        </CardBody>
      </Card>
      <Card
        title={m.refusedTitle}
        class="col-span-12 xl:col-span-6"
        aside={
          <Show when={loaded()}>
            {(history) => (
              <span class="num">
                {m.total(app.format().number(history().refused.reduce((sum, { total }) => sum + total, 0)))}
              </span>
            )}
          </Show>
        }
      >
        <CardBody
          state={props.card.state()}
          onRetry={props.card.refresh}
          skeleton="chart"
          size="min-h-58"
          isEmpty={(history) => toRefusedData(history, Date.now()) === undefined}
          empty={<EmptyState title={m.refusedNone} sentence={m.refusedNoneSentence} icon={check} />}
        >
          {(history) => {
            const data = createMemo(() => toRefusedData(history(), Date.now()))
            return (
              <Show when={data()}>
                {(shown) => (
                  <>
                    <Chart name="refused" title={m.refusedTitle} data={shown()} />
                    <Reasons history={history()} />
                  </>
                )}
              </Show>
            )
          }}
        </CardBody>
      </Card>
    </>
  )
}

function Chart(props: { readonly name: string; readonly title: string; readonly data: ChartData }) {
  const app = useApp()
  return (
    <TimeChart
      title={props.title}
      data={props.data}
      size="h-50"
      syncKey="ingest"
      hasPeak={false}
      isTable={app.state().tables.includes(props.name)}
      onToggleTable={() => app.change(toggleTable(app.state(), props.name))}
      onZoom={(fromMs, toMs) => app.change({ range: { kind: 'span', fromMs, toMs } })}
    />
  )
}

/** What each code means and what to do about it, in the words of the collector. */
function Reasons(props: { readonly history: IngestHistory }) {
  const app = useApp()
  return (
    <ul class="mt-3 flex flex-col gap-2 text-sm" aria-label={m.reasons}>
      <For each={props.history.refused.filter(({ total }) => total > 0)}>
        {({ code, message, total }) => (
          <li class="flex gap-3">
            <span class="min-w-0 flex-1">
              <span class="font-mono text-xs wrap-anywhere">{code}</span>
              <span class="block text-pretty muted">{message}</span>
            </span>
            <span class="num">{app.format().number(total)}</span>
          </li>
        )}
      </For>
    </ul>
  )
}
