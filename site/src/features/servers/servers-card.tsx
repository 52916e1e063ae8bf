import { path as serverIcon } from 'lucide:server'
import { createMemo, Show } from 'solid-js'
import type { Card as CardData } from '../../api/create-card.ts'
import { type App, useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { serverMessages as m } from '../../messages/server-messages.ts'
import type { Sort } from '../../url/app-state.ts'
import { clockWords, isClockOff, playersOn, programWords, type Server, stateTone, stateWords } from './server-state.ts'

const DEFAULT_SORT: Sort = { column: 'name', direction: 'ascending' }
const STATE_ORDER: readonly Server['state'][] = ['silent', 'resuming', 'connected', 'leased', 'left']

/** Every server that ever reported, with how it is. */
export function ServersCard(props: { readonly card: CardData<readonly Server[]> }) {
  const app = useApp()
  const columns = serverColumns(app)
  const sort = () => app.state().sort ?? DEFAULT_SORT
  const servers = () => {
    const state = props.card.state()
    return state.kind === 'ready' ? state.data : []
  }
  const sorted = createMemo(() => sortServers(servers(), sort()))
  const connected = () => servers().filter(({ state }) => state === 'connected' || state === 'leased').length
  return (
    <Card
      title={m.servers}
      isFlush
      aside={
        <Show when={servers().length > 0}>
          <span class="num">
            {m.connectedOf(app.format().number(connected()), app.format().number(servers().length))}
          </span>
        </Show>
      }
    >
      <div class="flex px-4 pb-4 sm:px-5">
        <CardBody
          state={props.card.state()}
          onRetry={props.card.refresh}
          skeleton="table"
          size="min-h-72"
          isEmpty={(list) => list.length === 0}
          empty={
            <EmptyState
              title={m.empty}
              sentence={app.may('keys.manage') ? m.emptySentence : m.emptyOther}
              icon={serverIcon}
            >
              <Show when={app.may('keys.manage')}>
                <a class="btn btn-primary btn-sm" href={app.href('start')}>
                  {m.connect}
                </a>
              </Show>
            </EmptyState>
          }
        >
          {() => (
            <DataTable
              columns={columns}
              rows={sorted()}
              caption={m.servers}
              sort={sort()}
              onSort={(next) => app.change({ sort: next })}
            />
          )}
        </CardBody>
      </div>
    </Card>
  )
}

function serverColumns(app: App): ReadonlyArray<Column<Server>> {
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? m.notSaid : app.format().number(value)
  return [
    {
      key: 'name',
      title: m.columnServer,
      phone: 'title',
      sort: 'ascending',
      cell: ({ name, kind }) => (
        <a class="block min-w-0 font-medium hover:underline" href={app.href('servers', { open: name })}>
          <span class="block truncate">{name}</span>
          <span class="block text-xs font-normal muted">{kind === 'proxy' ? m.proxy : m.backend}</span>
        </a>
      ),
    },
    {
      key: 'state',
      title: m.columnState,
      phone: 'second',
      sort: 'ascending',
      cell: (server) => (
        <span class="inline-flex items-center gap-2">
          <StateDot tone={stateTone(server)} />
          {stateWords(server, app.format(), app.now())}
        </span>
      ),
    },
    {
      key: 'players',
      title: m.columnPlayers,
      phone: 'end',
      align: 'right',
      sort: 'descending',
      cell: (server) => app.format().number(playersOn(server)),
    },
    {
      key: 'tps',
      title: m.columnTps,
      phone: 'hidden',
      align: 'right',
      class: 'sm:max-md:hidden',
      cell: ({ gauges }) => number(gauges?.tps),
    },
    {
      key: 'mspt',
      title: m.columnMspt,
      phone: 'hidden',
      align: 'right',
      class: 'sm:max-lg:hidden',
      cell: ({ gauges }) => number(gauges?.msptMean),
    },
    {
      key: 'spool',
      title: m.columnSpool,
      phone: 'hidden',
      align: 'right',
      class: 'sm:max-xl:hidden',
      cell: ({ gauges }) =>
        gauges?.spoolEvents === 0
          ? m.spoolEmpty
          : typeof gauges?.spoolEvents === 'number'
            ? m.spoolEvents(app.format().number(gauges.spoolEvents))
            : m.notSaid,
    },
    {
      key: 'clock',
      title: m.columnClock,
      phone: 'hidden',
      class: 'sm:max-xl:hidden',
      cell: ({ clockOffsetMs }) => (
        <span classList={{ 'text-warning': isClockOff(clockOffsetMs) }}>{clockWords(clockOffsetMs, app.format())}</span>
      ),
    },
    {
      key: 'software',
      title: m.columnSoftware,
      phone: 'second',
      class: 'sm:max-lg:hidden',
      cell: ({ software }) => programWords(software),
    },
    {
      key: 'sdk',
      title: m.columnSdk,
      phone: 'hidden',
      class: 'sm:max-xl:hidden',
      cell: ({ sdk }) => programWords(sdk),
    },
  ]
}

function sortServers(servers: readonly Server[], { column, direction }: Sort): readonly Server[] {
  const sign = direction === 'ascending' ? 1 : -1
  const byName = (a: Server, b: Server): number => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1)
  return servers.toSorted((a, b) => {
    if (column === 'players') return sign * (playersOn(a) - playersOn(b)) || byName(a, b)
    if (column === 'state') return sign * (STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state)) || byName(a, b)
    return sign * byName(a, b)
  })
}
