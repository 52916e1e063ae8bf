import type { ApiOutput } from '../../api/api-types.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PlayerFace } from '../../components/player-face.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { PartHeading } from './part-heading.tsx'

type OptOut = ApiOutput<'get', '/networks/:networkId/opt-outs'>[number]

const UUID_CHARS_MAX = 36

/** Players of whom nothing is recorded, by their ids alone: names may have been erased. */
export function OptOutsPart(props: { readonly networkId: string }) {
  const app = useApp()
  const optOuts = createCard(
    () => ({ networkId: props.networkId }),
    (param, signal) => app.api.get('/networks/:networkId/opt-outs', { param }, { signal }),
  )
  function tell(title: string): void {
    app.notices.show({ tone: 'success', title })
    optOuts.refresh()
  }
  async function optIn({ playerId }: OptOut): Promise<void> {
    const param = { networkId: props.networkId, playerId }
    const answer = await app.api.delete('/networks/:networkId/opt-outs/:playerId', { param })
    if (answer.kind === 'ok') tell(m.optedIn)
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
  }
  const columns: ReadonlyArray<Column<OptOut>> = [
    {
      key: 'player',
      title: m.player,
      phone: 'title',
      cell: ({ playerId }) => (
        <span class="flex min-w-0 items-center gap-2">
          <PlayerFace playerId={playerId} />
          <span class="min-w-0 font-mono text-xs wrap-anywhere">{playerId}</span>
        </span>
      ),
    },
    {
      key: 'since',
      title: m.optedOutSince,
      phone: 'second',
      cell: ({ optedOutAtMs }) => <RelativeTime atMs={optedOutAtMs} look="moment" />,
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (optOut) => (
        <button
          type="button"
          class="btn btn-xs border-base-300 bg-transparent font-normal"
          aria-label={`${m.optIn}: ${optOut.playerId}`}
          onClick={() => void optIn(optOut)}
        >
          {m.optIn}
        </button>
      ),
    },
  ]
  return (
    <>
      <Card title={m.optOuts}>
        <div class="mt-2">
          <PartHeading sentence={m.optOutsSentence}>
            <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
              {m.newOptOut}
            </button>
          </PartHeading>
        </div>
        <CardBody
          state={optOuts.state()}
          onRetry={optOuts.refresh}
          skeleton="table"
          size="min-h-72"
          isEmpty={(all) => all.length === 0}
          empty={<EmptyState title={m.noOptOuts} sentence={m.noOptOutsSentence} />}
        >
          {(all) => <DataTable columns={columns} rows={all()} caption={m.optOuts} />}
        </CardBody>
      </Card>
      <FormDialog
        isOpen={app.state().open === 'new'}
        onClose={() => app.change({ open: undefined }, 'replace')}
        title={m.newOptOutTitle}
        submitLabel={m.optOutButton}
        send={(fields) =>
          app.api.put('/networks/:networkId/opt-outs/:playerId', {
            param: { networkId: props.networkId, playerId: String(fields.get('playerId')).trim() },
          })
        }
        onDone={() => tell(m.optedOut)}
      >
        {(form) => (
          <TextField
            name="playerId"
            type="text"
            label={m.optOutPlayer}
            help={m.optOutPlayerHelp}
            autocomplete="off"
            charsMax={UUID_CHARS_MAX}
            error={form.fieldError('playerId')}
            hasFocus
          />
        )}
      </FormDialog>
    </>
  )
}
