import { createMemo, For, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import type { SelectOption } from '../../forms/select-field.tsx'
import { type AuditAction, auditActions, auditMessages as m } from '../../messages/audit-messages.ts'
import { AuditEntryRow } from './audit-entry-row.tsx'
import { AUDIT_SINCE, chooseFilter, readAuditQuery, sinceMs } from './audit-query.ts'

const SINCE_LABELS = {
  '24h': m.since24h,
  '7d': m.since7d,
  '28d': m.since28d,
  '91d': m.since91d,
  '12mo': m.since12mo,
} as const
const ACTIONS = Object.entries(auditActions).map(([value, title]) => ({ value, title }))

/** Who changed what of a network; without one, on the whole installation. */
export function AuditLog(props: { readonly networkId?: string }) {
  const app = useApp()
  const query = createMemo(() => readAuditQuery(app.state()))
  const log = createCard(
    () => ({ networkId: props.networkId, ...query() }),
    ({ networkId, since, action, user, cursor }, signal) => {
      const asked = {
        fromMs: String(sinceMs(since, Date.now())),
        ...(action !== undefined && action in auditActions && { action: action as AuditAction }),
        ...(user !== undefined && { user }),
        ...(cursor !== undefined && { cursor }),
      }
      return networkId === undefined
        ? app.api.get('/audit', { query: asked }, { signal })
        : app.api.get('/networks/:networkId/audit', { param: { networkId }, query: asked }, { signal })
    },
  )
  const people = createCard(
    () => ({ networkId: props.networkId }),
    async ({ networkId }, signal) => {
      const answer =
        networkId === undefined
          ? await app.api.get('/users', {}, { signal })
          : await app.api.get('/networks/:networkId/members', { param: { networkId } }, { signal })
      if (answer.kind !== 'ok') return answer
      const data = answer.data.map((one) => ({ value: 'userId' in one ? one.userId : one.id, title: one.name }))
      return { kind: 'ok' as const, data }
    },
  )
  const persons = (): readonly SelectOption[] => {
    const state = people.state()
    return state.kind === 'ready' ? state.data : []
  }
  return (
    <Card title={m.title}>
      <p class="mt-2 text-sm text-pretty muted">
        {props.networkId === undefined ? m.sentenceOfInstallation : m.sentence}
      </p>
      <div class="mt-3 grid gap-3 sm:grid-cols-3">
        <FilterSelect
          label={m.action}
          options={[{ value: '', title: m.allActions }, ...ACTIONS]}
          value={query().action ?? ''}
          onChoose={(value) => app.change({ filters: chooseFilter(app.state().filters, 'type', value) })}
        />
        <FilterSelect
          label={m.person}
          options={[{ value: '', title: m.everybody }, ...persons()]}
          value={query().user ?? ''}
          onChoose={(value) => app.change({ filters: chooseFilter(app.state().filters, 'person', value) })}
        />
        <FilterSelect
          label={m.time}
          options={AUDIT_SINCE.map((value) => ({ value, title: SINCE_LABELS[value] }))}
          value={query().since}
          onChoose={(value) => {
            const preset = AUDIT_SINCE.find((known) => known === value)
            if (preset !== undefined) app.change({ range: { kind: 'preset', preset } })
          }}
        />
      </div>
      <CardBody
        state={log.state()}
        onRetry={log.refresh}
        skeleton="table"
        size="min-h-96"
        isEmpty={({ entries }) => entries.length === 0}
        empty={<EmptyState title={m.nothing} sentence={m.nothingSentence} />}
      >
        {(page) => (
          <>
            <ol>
              <For each={page().entries}>{(entry) => <AuditEntryRow entry={entry} />}</For>
            </ol>
            <div class="mt-4 flex justify-end gap-2">
              <Show when={query().cursor}>
                <button
                  type="button"
                  class="btn border-base-300 bg-transparent btn-sm font-normal"
                  onClick={() => app.change({ cursor: undefined })}
                >
                  {m.newest}
                </button>
              </Show>
              <Show when={page().nextCursor}>
                {(cursor) => (
                  <button
                    type="button"
                    class="btn border-base-300 bg-transparent btn-sm font-normal"
                    onClick={() => app.change({ cursor: cursor() })}
                  >
                    {m.older}
                  </button>
                )}
              </Show>
            </div>
          </>
        )}
      </CardBody>
    </Card>
  )
}

function FilterSelect(props: {
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly value: string
  readonly onChoose: (value: string) => void
}) {
  return (
    <label class="flex min-w-0 flex-col gap-1 text-xs muted">
      {props.label}
      <select
        class="select select-sm w-full text-base-content"
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <For each={props.options}>
          {({ value, title }) => (
            <option value={value} selected={value === props.value}>
              {title}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}
