import { createSignal } from 'solid-js'
import { useApp } from '../app/app-context.ts'
import { TimeChart } from '../charts/time-chart.tsx'
import { BarList } from '../components/bar-list.tsx'
import { BigNumber } from '../components/big-number.tsx'
import { Card } from '../components/card.tsx'
import { Delta } from '../components/delta.tsx'
import { ShareBar } from '../components/share-bar.tsx'
import { VirtualTable } from '../components/virtual-table.tsx'
import { toggleTable } from '../url/app-state.ts'
import { toggleFilter } from '../url/filters.ts'
import { COUNTS, GAMEMODE_ROWS, inventDay, inventPlayers, PLATFORM_ROWS, rowsOf } from './invented-data.ts'
import { playerColumns } from './players-table.tsx'

/** The live page as the mock-up shows it, made of the building blocks, with invented data. */
export function Page() {
  const app = useApp()
  const [players] = createSignal(inventPlayers(1_284))
  const day = inventDay(Date.now())
  const columns = playerColumns()
  const filtered = (dimension: 'domain' | 'country') =>
    app.state().filters.find((filter) => filter.dimension === dimension && filter.operator === 'is')?.values ?? []
  const filterBy = (dimension: 'domain' | 'country') => (value: string) =>
    app.change({ filters: toggleFilter(app.state().filters, { dimension, operator: 'is', value }) })
  return (
    <div class="grid grid-cols-12 gap-4 lg:gap-5">
      <section class="card-quiet col-span-12 min-w-0 p-4 sm:p-5 xl:col-span-8" aria-labelledby="online-title">
        <div class="flex flex-wrap items-start gap-x-10 gap-y-3">
          <div>
            <h2 id="online-title" class="text-sm muted">
              Players online
            </h2>
            <div class="mt-1 flex flex-wrap items-end gap-x-3 gap-y-1.5">
              <BigNumber text={app.format().number(app.sources.live.counts()?.total ?? 0)} rolls />
              <span class="flex items-center gap-1.5 pb-0.5 text-sm">
                <Delta share={0.12} hasIcon />
                <span class="muted">vs last Saturday, 19:06</span>
              </span>
            </div>
          </div>
          <dl class="flex gap-8 text-sm sm:ml-auto">
            <div>
              <dt class="text-xs muted">Peak today</dt>
              <dd class="num mt-0.5 font-medium">
                1,298 <span class="font-normal muted">18:51</span>
              </dd>
            </div>
            <div>
              <dt class="text-xs muted">New today</dt>
              <dd class="num mt-0.5 font-medium">217</dd>
            </div>
            <div>
              <dt class="text-xs muted">Joins / min</dt>
              <dd class="num mt-0.5 font-medium">14.2</dd>
            </div>
          </dl>
        </div>
        <div class="mt-4">
          <TimeChart
            title="Players online in the last 24 hours"
            data={day}
            size="h-52 sm:h-[270px]"
            syncKey="live"
            isTable={app.state().tables.includes('ccu')}
            onToggleTable={() => app.change(toggleTable(app.state(), 'ccu'))}
            onZoom={(fromMs, toMs) => app.change({ range: { kind: 'span', fromMs, toMs } })}
          />
        </div>
      </section>
      <Card title="By game mode" aside="now · vs last Saturday" class="col-span-12 xl:col-span-4">
        <div class="mt-4 flex flex-1 flex-col">
          <BarList rows={GAMEMODE_ROWS} look="below" />
        </div>
      </Card>
      <Card title="Join domain" aside="now" class="col-span-12 md:col-span-6 xl:col-span-4">
        <div class="mt-3">
          <BarList rows={rowsOf(COUNTS.byDomain)} selected={filtered('domain')} onSelect={filterBy('domain')} />
        </div>
      </Card>
      <Card title="Country" aside="now" class="col-span-12 md:col-span-6 xl:col-span-4">
        <div class="mt-3">
          <BarList
            rows={rowsOf(COUNTS.byCountry).map((row) => ({ ...row, label: app.format().country(row.key) }))}
            total={COUNTS.total}
            selected={filtered('country')}
            onSelect={filterBy('country')}
          />
        </div>
      </Card>
      <Card title="Platform" aside="now" class="col-span-12 xl:col-span-4">
        <div class="mt-3">
          <ShareBar rows={PLATFORM_ROWS} />
        </div>
      </Card>
      <Card
        title="Online now"
        isFlush
        class="col-span-12"
        aside={<span class="num badge badge-sm border-0 bg-neutral">1,284</span>}
      >
        <VirtualTable
          columns={columns}
          rows={players()}
          caption="Players online now"
          size="h-[480px]"
          sort={app.state().sort ?? { column: 'online', direction: 'descending' }}
          onSort={(sort) => app.change({ sort })}
        />
      </Card>
    </div>
  )
}
