import { createEffect, createSignal } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { LOCALE } from '../../components/format-context.ts'
import { createSubmission } from '../../forms/create-submission.ts'
import { guessCurrency, listCurrencies } from '../../forms/currencies.ts'
import { SelectField } from '../../forms/select-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { TimeZoneField } from '../../forms/time-zone-field.tsx'
import { guessTimeZone } from '../../forms/time-zones.ts'
import { startMessages as m } from '../../messages/start-messages.ts'

/** Creates a network, with what this device says about its time zone and currency. */
export function NetworkStep() {
  const app = useApp()
  const [createdId, setCreatedId] = createSignal<string>()
  // The next step is for who may manage keys, which the collector says once the network is there.
  createEffect(() => {
    const id = createdId()
    if (id !== undefined && app.sources.rights()?.may('keys.manage', id) === true) app.go('start', { network: id })
  })
  const form = createSubmission(
    (fields) =>
      app.api.post('/networks', {
        json: {
          name: String(fields.get('name')),
          timeZone: String(fields.get('timeZone')),
          currency: String(fields.get('currency')),
        },
      }),
    ({ id }) => {
      app.sources.retryNetworks()
      app.sources.retryAccount()
      setCreatedId(id)
    },
  )
  return (
    <form class="card-quiet flex max-w-xl flex-col gap-4 p-4 sm:p-5" onSubmit={form.submit}>
      <TextField
        name="name"
        type="text"
        label={m.networkName}
        help={m.networkNameHelp}
        autocomplete="off"
        charsMax={64}
        error={form.fieldError('name')}
        hasFocus
      />
      <TimeZoneField
        name="timeZone"
        label={m.timeZone}
        help={m.timeZoneHelp}
        value={guessTimeZone()}
        error={form.fieldError('timeZone')}
      />
      <SelectField
        name="currency"
        label={m.currency}
        help={m.currencyHelp}
        options={listCurrencies(LOCALE)}
        value={guessCurrency(navigator.language)}
        error={form.fieldError('currency')}
      />
      <SubmissionError error={form.error()} />
      <SubmitButton label={m.createNetwork} isSending={form.isSending() || createdId() !== undefined} />
    </form>
  )
}
