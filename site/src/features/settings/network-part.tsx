import { createSignal, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { LOCALE } from '../../components/format-context.ts'
import { Notice } from '../../components/notice.tsx'
import { createSubmission } from '../../forms/create-submission.ts'
import { listCurrencies } from '../../forms/currencies.ts'
import { SelectField } from '../../forms/select-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { TimeZoneField } from '../../forms/time-zone-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { DataRetentionCard } from './data-retention-card.tsx'

const SECOND_MS = 1_000

/** Name, time zone, currency and resume window of a network, how long it keeps details, and whether it takes data. */
export function NetworkPart(props: { readonly networkId: string }) {
  const app = useApp()
  const network = () => app.network()
  const [zone, setZone] = createSignal(network()?.timeZone ?? '')
  const isNewZone = () => zone() !== '' && zone() !== network()?.timeZone
  const param = () => ({ networkId: props.networkId })
  const form = createSubmission(
    (fields) => {
      const text = (name: string) => String(fields.get(name))
      const changed = <Value,>(value: Value, before: Value | undefined) => (value === before ? undefined : value)
      const now = network()
      const wanted = {
        name: changed(text('name').trim(), now?.name),
        timeZone: changed(text('timeZone'), now?.timeZone),
        currency: changed(text('currency'), now?.currency),
        resumeWindowMs: changed(Math.round(Number(fields.get('resumeWindowMs')) * SECOND_MS), now?.resumeWindowMs),
      }
      return app.api.patch('/networks/:networkId', { param: param(), json: withoutUndefined(wanted) })
    },
    () => {
      app.notices.show({ tone: 'success', title: m.saved })
      app.sources.retryNetworks()
    },
  )
  const archiving = createSubmission(
    () => app.api.patch('/networks/:networkId', { param: param(), json: { archived: !isArchived() } }),
    ({ archivedAtMs }) => {
      app.notices.show({ tone: 'success', title: archivedAtMs === null ? m.restored : m.archived })
      app.sources.retryNetworks()
    },
  )
  const isArchived = () => network()?.archivedAtMs != null
  return (
    <div class="flex max-w-xl flex-col gap-5">
      <Card title={m.network}>
        <form class="mt-3 flex flex-col gap-4" onSubmit={form.submit}>
          <TextField
            name="name"
            type="text"
            label={m.name}
            autocomplete="off"
            charsMax={64}
            value={network()?.name ?? ''}
            error={form.fieldError('name')}
          />
          <TimeZoneField
            name="timeZone"
            label={m.timeZone}
            help={m.timeZoneHelp}
            value={network()?.timeZone ?? ''}
            error={form.fieldError('timeZone')}
            onInput={setZone}
          />
          <Show when={isNewZone()}>
            <Notice tone="warning" title={m.timeZoneWarning}>
              {m.timeZoneWarningSentence}
            </Notice>
          </Show>
          <SelectField
            name="currency"
            label={m.currency}
            options={listCurrencies(LOCALE)}
            value={network()?.currency ?? ''}
            error={form.fieldError('currency')}
          />
          <TextField
            name="resumeWindowMs"
            type="number"
            label={m.resumeWindow}
            help={m.resumeWindowHelp}
            autocomplete="off"
            charsMax={4}
            value={String((network()?.resumeWindowMs ?? 0) / SECOND_MS)}
            error={form.fieldError('resumeWindowMs')}
          />
          <SubmissionError error={form.error()} />
          <SubmitButton label={m.save} isSending={form.isSending()} isSmall />
        </form>
      </Card>
      <DataRetentionCard networkId={props.networkId} />
      <Show when={network()?.deleteAtMs == null && network()?.isDemo !== true}>
        <Card title={m.archive}>
          <form class="mt-2 flex flex-col gap-3" onSubmit={archiving.submit}>
            <p class="text-sm text-pretty muted">{m.archiveSentence}</p>
            <SubmissionError error={archiving.error()} />
            <button type="submit" class="btn self-start border-base-300 bg-transparent btn-sm font-normal">
              {isArchived() ? m.restore : m.archiveButton}
            </button>
          </form>
        </Card>
      </Show>
    </div>
  )
}

/** What is left out is not changed. */
function withoutUndefined<Fields extends Readonly<Record<string, unknown>>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: NonNullable<Fields[Key]>
  }
}
