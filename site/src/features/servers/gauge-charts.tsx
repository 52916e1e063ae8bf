import { path as chartIcon } from 'lucide:activity'
import { createMemo, For, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { serverMessages as m } from '../../messages/server-messages.ts'
import { toggleTable } from '../../url/app-state.ts'
import { GAUGE_CHARTS, type GaugeChart, type GaugeHistory, toGaugeData } from './gauge-series.ts'

/** What a server said about itself in the chosen time; the cursors of the charts move together. */
export function GaugeCharts(props: { readonly name: string }) {
  const app = useApp()
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      const { fromMs, toMs } = app.range()
      return networkId === undefined ? undefined : { networkId, serverName: props.name, fromMs, toMs }
    },
    ({ fromMs, toMs, ...param }, signal) =>
      app.api.get(
        '/networks/:networkId/servers/:serverName/gauges',
        { param, query: { fromMs: String(fromMs), toMs: String(toMs) } },
        { signal },
      ),
  )
  const isUnknown = () => {
    const state = card.state()
    return state.kind === 'failed' && state.error.status === 404
  }
  return (
    <Show when={!isUnknown()}>
      <div class="grid gap-4 lg:grid-cols-2 lg:gap-5">
        <For each={GAUGE_CHARTS}>
          {(chart) => (
            <Card title={chart.title} class={chart.key === 'tps' ? 'lg:col-span-2' : ''}>
              <CardBody
                state={card.state()}
                onRetry={card.refresh}
                skeleton="chart"
                size="min-h-58"
                isEmpty={(history) => toGaugeData(history, chart, Date.now()) === undefined}
                empty={<NoGauge card={card.state()} />}
              >
                {(history) => <Chart chart={chart} history={history()} />}
              </CardBody>
            </Card>
          )}
        </For>
      </div>
    </Show>
  )

  function NoGauge(own: { readonly card: ReturnType<typeof card.state> }) {
    // Where anything was reported, this is what the server does not report.
    const isReporting = () =>
      own.card.kind === 'ready' &&
      GAUGE_CHARTS.some((chart) => own.card.kind === 'ready' && toGaugeData(own.card.data, chart, Date.now()))
    return (
      <EmptyState
        title={isReporting() ? m.neverGauges : m.noGauges}
        sentence={isReporting() ? m.neverGaugesSentence : m.noGaugesSentence}
        icon={chartIcon}
      />
    )
  }
}

function Chart(props: { readonly chart: GaugeChart; readonly history: GaugeHistory }) {
  const app = useApp()
  const data = createMemo(() => toGaugeData(props.history, props.chart, Date.now()))
  return (
    <Show when={data()}>
      {(shown) => (
        <TimeChart
          title={props.chart.title}
          data={shown()}
          size="h-50"
          syncKey="server"
          hasPeak={false}
          formatValue={(value) => props.chart.format(app.format())(value)}
          isTable={app.state().tables.includes(props.chart.key)}
          onToggleTable={() => app.change(toggleTable(app.state(), props.chart.key))}
          onZoom={(fromMs, toMs) => app.change({ range: { kind: 'span', fromMs, toMs } })}
        />
      )}
    </Show>
  )
}
