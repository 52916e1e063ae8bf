import { For, type JSX, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import type { IngestHealth } from '../../app/app-sources.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'

/** How it is at this moment: what waits, what was lost, and which servers hold something back. */
export function NowCard() {
  const app = useApp()
  const { ingest } = app.sources
  return (
    <Card title={m.now} aside={m.nowAside} class="col-span-12">
      <CardBody state={ingest.state()} onRetry={ingest.refresh} skeleton="rows" size="min-h-36 md:min-h-24 xl:min-h-14">
        {(health) => <Facts health={health()} />}
      </CardBody>
    </Card>
  )
}

function Facts(props: { readonly health: IngestHealth }) {
  const app = useApp()
  const number = (value: number): string => app.format().number(value)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const isFailing = () => props.health.storage === 'failing'
  const rows = () => sum(props.health.waiting.map((one) => one.rows))
  const bytes = () => sum(props.health.waiting.map((one) => one.bytes))
  const holding = () => props.health.servers.filter(({ spoolEvents }) => (spoolEvents ?? 0) > 0)
  return (
    <dl class="grid grid-cols-2 gap-x-6 gap-y-4 text-sm md:grid-cols-3 xl:grid-cols-6">
      <Fact title={m.storage} help={isFailing() ? m.storageFailingSentence : undefined}>
        <span class="inline-flex items-center gap-2">
          <StateDot tone={isFailing() ? 'bad' : 'good'} />
          {isFailing() ? m.storageFailing : m.storageOk}
        </span>
      </Fact>
      <Fact title={m.lag} help={m.lagHelp}>
        {props.health.lagMs === 0 ? m.lagNone : app.format().duration(props.health.lagMs)}
      </Fact>
      <Fact title={m.waiting}>
        {rows() === 0 ? m.none : m.waitingRows(number(rows()), app.format().bytes(bytes()))}
      </Fact>
      <Fact title={m.lost} help={m.lostHelp}>
        <Show when={props.health.lost.length > 0} fallback={m.none}>
          <For each={props.health.lost}>
            {(one) => <span class="block text-error">{m.lostIn(number(one.rows), one.table)}</span>}
          </For>
        </Show>
      </Fact>
      <Fact title={m.connections}>{number(props.health.connections)}</Fact>
      <Fact title={m.spools}>
        <Show when={holding().length > 0} fallback={m.none}>
          <For each={holding()}>
            {({ server, spoolEvents }) => (
              <a class="block truncate hover:underline" href={app.href('servers', { open: server })}>
                {m.reasonCount(server, number(spoolEvents ?? 0))}
              </a>
            )}
          </For>
        </Show>
      </Fact>
    </dl>
  )
}

function Fact(props: { readonly title: string; readonly help?: string | undefined; readonly children: JSX.Element }) {
  return (
    <div class="min-w-0" title={props.help}>
      <dt class="text-xs muted">{props.title}</dt>
      <dd class="num mt-0.5 wrap-anywhere">{props.children}</dd>
    </div>
  )
}
