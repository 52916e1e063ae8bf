import { createSignal, For, type JSX } from 'solid-js'
import type { CardState } from '../api/card-state.ts'
import { SparkLine } from '../charts/spark-line.tsx'
import { TimeChart } from '../charts/time-chart.tsx'
import { BarList, type BarRow } from '../components/bar-list.tsx'
import { BigNumber } from '../components/big-number.tsx'
import { Card } from '../components/card.tsx'
import { CardBody } from '../components/card-body.tsx'
import { CodeSnippet } from '../components/code-snippet.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { createNow } from '../components/create-now.ts'
import { DataTable } from '../components/data-table.tsx'
import { Delta } from '../components/delta.tsx'
import { Dialog } from '../components/dialog.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { FormField } from '../components/form-field.tsx'
import { FormatContext, LOCALE } from '../components/format-context.ts'
import { Notice } from '../components/notice.tsx'
import { PlayerFace } from '../components/player-face.tsx'
import { RelativeTime } from '../components/relative-time.tsx'
import { RichText } from '../components/rich-text.tsx'
import { ShareBar } from '../components/share-bar.tsx'
import { StateDot } from '../components/state-dot.tsx'
import { Tabs } from '../components/tabs.tsx'
import { VirtualList } from '../components/virtual-list.tsx'
import { createFormatters } from '../format/formatters.ts'
import type { Sort } from '../url/app-state.ts'
import { COUNTS, GAMEMODE_ROWS, inventDay, inventPlayers, PLATFORM_ROWS, rowsOf } from './invented-data.ts'
import { playerColumns } from './players-table.tsx'

const ERROR = {
  code: 'STORAGE_UNAVAILABLE',
  message: 'ClickHouse does not answer. Nothing is lost; it is asked again by itself.',
  status: 503,
  requestId: 'req-7f3a91c2',
  retryAfterMs: 5_000,
}
const ROWS = rowsOf(COUNTS.byDomain)
const READY = { kind: 'ready', isRefreshing: false, isOutdated: false, error: undefined, atMs: Date.now() } as const
const STATES: ReadonlyArray<{ readonly title: string; readonly state: CardState<readonly BarRow[]> }> = [
  { title: 'Loading', state: { kind: 'loading' } },
  { title: 'Ready', state: { ...READY, data: ROWS } },
  { title: 'Empty', state: { ...READY, data: [] } },
  { title: 'Failed', state: { kind: 'failed', error: ERROR, isRetrying: false } },
  { title: 'Stale', state: { ...READY, data: ROWS, atMs: Date.now() - 134_000, error: ERROR } },
  { title: 'Another question', state: { ...READY, data: ROWS, isOutdated: true } },
]

/** Every building block in each of its states. */
export function Gallery() {
  const now = createNow()
  const formatters = createFormatters({ locale: LOCALE, timeZone: 'Europe/Berlin', now: Date.now })
  return (
    <FormatContext.Provider value={{ format: () => formatters, now }}>
      <main class="mx-auto flex max-w-[1280px] flex-col gap-8 p-4 sm:p-8">
        <h1 class="text-2xl font-semibold tracking-tight">Gallery</h1>
        <Cards />
        <Charts />
        <Lists />
        <Controls />
      </main>
    </FormatContext.Provider>
  )
}

function Group(props: { readonly children: JSX.Element }) {
  return <div class="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{props.children}</div>
}

function Cards() {
  return (
    <Group>
      <For each={STATES}>
        {({ title, state }) => (
          <Card title={title} aside="now">
            <CardBody
              state={state}
              onRetry={() => {}}
              skeleton="rows"
              size="min-h-52"
              isEmpty={(rows) => rows.length === 0}
              empty={
                <EmptyState title="Nobody has joined yet" sentence="The first join shows up here within a second." />
              }
            >
              {(rows) => <BarList rows={rows()} isMono />}
            </CardBody>
          </Card>
        )}
      </For>
      <Card title="Skeleton of a chart">
        <CardBody state={{ kind: 'loading' } as CardState<number>} onRetry={() => {}} skeleton="chart" size="min-h-52">
          {(data) => data()}
        </CardBody>
      </Card>
      <Card title="Skeleton of a table">
        <CardBody state={{ kind: 'loading' } as CardState<number>} onRetry={() => {}} skeleton="table" size="min-h-52">
          {(data) => data()}
        </CardBody>
      </Card>
      <Card title="Unique players" aside="28 days">
        <BigNumber text="18,402" class="mt-2 text-2xl" />
        <p class="mt-1 flex gap-2 text-xs">
          <Delta share={0.081} /> <span class="num muted">from 17,023</span>
        </p>
        <div class="mt-3">
          <SparkLine values={[3, 4, 6, 5, 8, 7, null, 9, 11, 10, 14, 12, 15]} />
        </div>
        <p class="mt-2 flex flex-wrap gap-3 text-xs">
          <Delta share={-0.029} /> <Delta share={0} /> <Delta share={-0.3} better="down" />{' '}
          <Delta share={0.5} better="none" hasIcon />
        </p>
      </Card>
    </Group>
  )
}

function Charts() {
  const [isTable, setTable] = createSignal(false)
  const [zoomed, setZoomed] = createSignal('')
  const day = inventDay(Date.now())
  const few = {
    timesMs: day.timesMs.slice(0, 4),
    series: [
      { label: 'proxy-1', look: 'line' as const, values: [20, 19.8, null, 20] },
      { label: 'proxy-2', look: 'line' as const, values: [18, 17.2, 16, 19] },
    ],
  }
  const none = {
    timesMs: day.timesMs,
    series: [{ label: 'today', look: 'main' as const, values: day.timesMs.map(() => null) }],
    gaps: [{ fromMs: day.timesMs[0] ?? 0, toMs: day.timesMs.at(-1) ?? 0, reason: 'no server was connected' }],
  }
  return (
    <div class="grid gap-4 md:grid-cols-2">
      <Card title="Players online" class="md:col-span-2">
        <div class="mt-3">
          <TimeChart
            title="Players online"
            data={day}
            size="h-52 sm:h-[270px]"
            syncKey="gallery"
            isTable={isTable()}
            onToggleTable={() => setTable((before) => !before)}
            onZoom={(from, to) => setZoomed(`${from}..${to}`)}
          />
        </div>
        <output class="sr-only" data-test="zoomed">
          {zoomed()}
        </output>
      </Card>
      <Card title="Few points, several lines">
        <div class="mt-3">
          <TimeChart title="TPS" data={few} size="h-44" syncKey="gallery" />
        </div>
      </Card>
      <Card title="Nothing known">
        <div class="mt-3">
          <TimeChart title="Players online" data={none} size="h-44" syncKey="gallery" />
        </div>
      </Card>
    </div>
  )
}

function Lists() {
  const [sort, setSort] = createSignal<Sort>({ column: 'online', direction: 'descending' })
  const columns = playerColumns()
  const players = inventPlayers(10)
  const many = inventPlayers(5_000)
  return (
    <div class="grid gap-4 md:grid-cols-2">
      <Card title="Table" isFlush class="md:col-span-2">
        <div class="px-4 pb-3 sm:px-5">
          <DataTable columns={columns} rows={players} caption="Players" sort={sort()} onSort={setSort} />
        </div>
      </Card>
      <Card title="A list of 5,000" isFlush>
        <VirtualList items={many} rowHeightPx={44} label="All players" size="h-64 px-4 sm:px-5">
          {(player) => (
            <div class="flex h-full items-center gap-3 text-sm">
              <PlayerFace playerId={player.id} />
              <span class="min-w-0 flex-1 truncate">{player.name}</span>
              <RelativeTime atMs={Date.now() - player.onlineMs} class="text-xs muted" />
            </div>
          )}
        </VirtualList>
      </Card>
      <Card title="Bars and shares">
        <div class="mt-3 flex flex-col gap-5">
          <ShareBar rows={PLATFORM_ROWS} />
          <BarList rows={GAMEMODE_ROWS} look="below" selected={['lobby']} onSelect={() => {}} />
        </div>
      </Card>
    </div>
  )
}

function Controls() {
  const [tab, setTab] = createSignal('bridge')
  const [isOpen, setOpen] = createSignal(false)
  return (
    <div class="grid gap-4 md:grid-cols-2">
      <Card title="Tabs and code">
        <div class="mt-3">
          <Tabs
            tabs={[
              { key: 'bridge', title: 'Velocity, Bungee, Paper' },
              { key: 'sdk', title: 'Node SDK' },
              { key: 'http', title: 'HTTP' },
            ]}
            selected={tab()}
            onSelect={setTab}
            label="How to connect"
          >
            <CodeSnippet text={'endpoint: wss://collect.example.net\nkey: mct_7Kd2…'} what="the configuration" />
          </Tabs>
        </div>
      </Card>
      <Card title="Notices">
        <div class="mt-3 flex flex-col gap-2.5">
          <Notice tone="warning" title="One connection was refused at 19:03:52">
            It used a key that was revoked. Check that every server has the new key.
          </Notice>
          <Notice tone="success" title="The link is in the clipboard" onDismiss={() => {}} />
          <Notice tone="info" title="This is a demo network" />
          <Notice tone="error" title="The key could not be revoked" onDismiss={() => {}} />
        </div>
      </Card>
      <Card title="A form">
        <form class="mt-3 flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
          <FormField label="Name" help="How it is called in the switcher.">
            {(field) => <input class="input w-full bg-base-100" {...field} value="Axolotl Network" />}
          </FormField>
          <FormField label="Currency" help="Three letters." error="must be a currency of ISO 4217">
            {(field) => <input class="input w-full bg-base-100 input-error" {...field} value="EURO" />}
          </FormField>
          <div class="flex gap-2">
            <button type="submit" class="btn btn-primary btn-sm">
              Save
            </button>
            <button type="button" class="btn btn-sm" onClick={() => setOpen(true)}>
              Open a dialog
            </button>
            <CopyButton text="mct_x" what="the key" />
          </div>
        </form>
        <Dialog
          isOpen={isOpen()}
          onClose={() => setOpen(false)}
          title="Revoke the key “Velocity proxy”?"
          actions={
            <>
              <button type="button" class="btn btn-sm" onClick={() => setOpen(false)}>
                Keep it
              </button>
              <button type="button" class="btn btn-error btn-sm" onClick={() => setOpen(false)}>
                Revoke
              </button>
            </>
          }
        >
          Two servers are connected with it. They will be cut off within a second.
        </Dialog>
      </Card>
      <Card title="Faces, states and words">
        <div class="mt-3 flex flex-wrap gap-2">
          <For each={inventPlayers(24)}>{({ id }) => <PlayerFace playerId={id} class="size-8" />}</For>
        </div>
        <p class="mt-4 flex flex-wrap gap-4 text-sm">
          <For each={['good', 'attention', 'bad', 'idle'] as const}>
            {(tone) => (
              <span class="flex items-center gap-1.5">
                <StateDot tone={tone} /> {tone}
              </span>
            )}
          </For>
        </p>
        <p class="mt-4 text-sm">
          <RichText
            text="{name} joined from {domain}"
            parts={{
              name: <b class="font-medium">hyperion_</b>,
              domain: <code class="font-mono text-xs">youtube.axolotl.gg</code>,
            }}
          />
        </p>
      </Card>
    </div>
  )
}
