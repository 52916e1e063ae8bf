import { path as arrowLeft } from 'lucide:arrow-left'
import { path as serverIcon } from 'lucide:server'
import { createMemo, type JSX, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { serverMessages as m } from '../../messages/server-messages.ts'
import { GaugeCharts } from './gauge-charts.tsx'
import { clockWords, isClockOff, playersOn, programWords, type Server, stateTone, stateWords } from './server-state.ts'

type Key = ApiOutput<'get', '/networks/:networkId/keys'>[number]

/** One server: how it is, and how it was. */
export function ServerDetail(props: {
  readonly name: string
  readonly card: CardData<readonly Server[]>
  readonly keys: CardData<readonly Key[]>
}) {
  const app = useApp()
  return (
    <div class="flex flex-col gap-4 lg:gap-5">
      <p>
        <a class="inline-flex items-center gap-1.5 text-sm muted hover:text-base-content" href={app.href('servers')}>
          <Icon path={arrowLeft} />
          {m.allServers}
        </a>
      </p>
      <Card title={props.name}>
        <CardBody
          state={props.card.state()}
          onRetry={props.card.refresh}
          skeleton="rows"
          size="min-h-40"
          isEmpty={(servers) => !servers.some(({ name }) => name === props.name)}
          empty={<EmptyState title={m.gone} sentence={m.goneSentence} icon={serverIcon} />}
        >
          {(servers) => {
            const server = createMemo(() => servers().find(({ name }) => name === props.name))
            return <Show when={server()}>{(found) => <Facts server={found()} keys={props.keys} />}</Show>
          }}
        </CardBody>
      </Card>
      <GaugeCharts name={props.name} />
    </div>
  )
}

function Facts(props: { readonly server: Server; readonly keys: CardData<readonly Key[]> }) {
  const app = useApp()
  const gauges = () => props.server.gauges
  return (
    <dl class="grid grid-cols-2 gap-x-6 gap-y-4 text-sm md:grid-cols-3 xl:grid-cols-4">
      <Fact title={m.columnState}>
        <span class="inline-flex items-center gap-2">
          <StateDot tone={stateTone(props.server)} />
          {stateWords(props.server, app.format(), app.now())}
        </span>
      </Fact>
      <Fact title={m.players}>{app.format().number(playersOn(props.server))}</Fact>
      <Fact title={m.kind}>{props.server.kind === 'proxy' ? m.proxy : m.backend}</Fact>
      <Fact title={m.software}>{programWords(props.server.software)}</Fact>
      <Fact title={m.sdk}>{programWords(props.server.sdk)}</Fact>
      <Fact title={m.clock} help={m.clockHelp}>
        <span classList={{ 'text-warning': isClockOff(props.server.clockOffsetMs) }}>
          {clockWords(props.server.clockOffsetMs, app.format())}
        </span>
      </Fact>
      <Fact title={m.key}>
        <KeyName keyId={props.server.keyId} keys={props.keys} />
      </Fact>
      <Fact title={m.spool}>
        {typeof gauges()?.spoolEvents === 'number'
          ? m.spoolNow(app.format().number(gauges()?.spoolEvents ?? 0), app.format().bytes(gauges()?.spoolBytes ?? 0))
          : m.notSaid}
      </Fact>
      <Fact title={m.dropped}>
        {typeof gauges()?.droppedEvents === 'number' ? app.format().number(gauges()?.droppedEvents ?? 0) : m.notSaid}
      </Fact>
      <Fact title={m.lastSeen}>
        <RelativeTime atMs={props.server.lastSeenAtMs} look="words" />
      </Fact>
      <Fact title={m.firstSeen}>
        <RelativeTime atMs={props.server.firstSeenAtMs} look="moment" />
      </Fact>
    </dl>
  )
}

function Fact(props: { readonly title: string; readonly help?: string; readonly children: JSX.Element }) {
  return (
    <div class="min-w-0" title={props.help}>
      <dt class="text-xs muted">{props.title}</dt>
      <dd class="num mt-0.5 wrap-anywhere">{props.children}</dd>
    </div>
  )
}

/** The key by its name for those who may see keys; its id for others. */
function KeyName(props: { readonly keyId: string | null; readonly keys: CardData<readonly Key[]> }) {
  const app = useApp()
  const known = () => {
    const state = props.keys.state()
    return state.kind === 'ready' ? state.data.find(({ id }) => id === props.keyId) : undefined
  }
  return (
    <Show when={props.keyId} fallback={<span class="muted">{m.keyUnknown}</span>}>
      {(id) => (
        <Show when={known()} fallback={<span class="font-mono text-xs">{id()}</span>}>
          {(key) => (
            <a class="quiet-link" href={app.href('settings', { tab: 'keys' })}>
              {m.keyEnding(key().name, key().lastFour)}
            </a>
          )}
        </Show>
      )}
    </Show>
  )
}
