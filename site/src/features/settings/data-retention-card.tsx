import { createSignal, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { createSubmission } from '../../forms/create-submission.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { SelectField } from '../../forms/select-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { chooseDays, keepsLess, readDays } from './data-retention.ts'

/** As long as deletions wait. */
const WAIT_MS = 7 * 86_400_000

const OPTIONS = [
  { value: 'forever', title: m.keepForever },
  { value: '90', title: m.keepDays(90) },
  { value: '180', title: m.keepDays(180) },
  { value: '365', title: m.keepYears(1) },
  { value: '730', title: m.keepYears(2) },
  { value: 'other', title: m.keepOther },
]

/** For how long details of players and servers are kept. Keeping less is asked for twice. */
export function DataRetentionCard(props: { readonly networkId: string }) {
  const app = useApp()
  const days = () => app.network()?.dataRetentionDays ?? null
  const fromMs = () => app.network()?.dataRetentionFromMs ?? undefined
  const inForce = (atMs: number): string => {
    const say = atMs > app.now() ? m.dataRetentionFrom : m.dataRetentionSince
    return say(app.format().date(atMs), days() ?? 0)
  }
  const [choice, setChoice] = createSignal(chooseDays(days(), OPTIONS))
  const [fewer, setFewer] = createSignal<number>()
  const change = (wanted: number | null) =>
    app.api.patch('/networks/:networkId', {
      param: { networkId: props.networkId },
      json: { dataRetentionDays: wanted },
    })
  const onDone = () => {
    app.notices.show({ tone: 'success', title: m.saved })
    app.sources.retryNetworks()
  }
  const form = createSubmission((fields) => change(readDays(fields)), onDone)
  function submit(event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void {
    const wanted = readDays(new FormData(event.currentTarget))
    // What is no possible number of days goes to the collector, which says so.
    if (wanted === null || !keepsLess(wanted, days())) return form.submit(event)
    event.preventDefault()
    setFewer(wanted)
  }
  return (
    <Card title={m.dataRetention}>
      <form class="mt-3 flex flex-col gap-4" onSubmit={submit}>
        <SelectField
          name="keep"
          label={m.keepDetails}
          help={m.dataRetentionSentence}
          options={OPTIONS}
          value={choice()}
          onChange={setChoice}
        />
        <Show when={choice() === 'other'}>
          <TextField
            name="dataRetentionDays"
            type="number"
            label={m.keepOtherDays}
            help={m.keepOtherHelp}
            autocomplete="off"
            charsMax={4}
            value={String(days() ?? '')}
            error={form.fieldError('dataRetentionDays')}
          />
        </Show>
        <Show when={fromMs()}>{(atMs) => <p class="num text-sm">{inForce(atMs())}</p>}</Show>
        <SubmissionError error={form.error()} />
        <SubmitButton label={m.keepButton} isSending={form.isSending()} isSmall />
      </form>
      <FormDialog
        isOpen={fewer() !== undefined}
        onClose={() => setFewer(undefined)}
        title={m.keepLess(fewer() ?? 0)}
        submitLabel={m.keepLessButton}
        isDangerous
        send={() => change(fewer() ?? null)}
        onDone={onDone}
      >
        {() => (
          <p class="text-pretty muted">{m.keepLessSentence(app.format().date(app.now() + WAIT_MS), fewer() ?? 0)}</p>
        )}
      </FormDialog>
    </Card>
  )
}
