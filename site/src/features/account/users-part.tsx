import { createSignal, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RowMenu } from '../../components/row-menu.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'

type User = ApiOutput<'get', '/users'>[number]

const NAME_CHARS_MAX = 64
const EMAIL_CHARS_MAX = 254

/** Everybody with an account, for owners of the installation. */
export function UsersPart() {
  const app = useApp()
  const users = createCard(
    () => ({}),
    (_, signal) => app.api.get('/users', {}, { signal }),
  )
  const [link, setLink] = createSignal<{ readonly name: string; readonly url: string }>()
  const [disabled, setDisabled] = createSignal<User>()
  const isNew = () => app.state().open === 'new'

  async function makeLink({ id, name }: Pick<User, 'id' | 'name'>): Promise<void> {
    const answer = await app.api.post('/users/:userId/password-link', { param: { userId: id } })
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    if (answer.kind === 'ok') setLink({ name, url: answer.data.url })
  }
  async function change({ id }: User, json: { disabled?: boolean; ownsInstallation?: boolean }): Promise<void> {
    const answer = await app.api.patch('/users/:userId', { param: { userId: id }, json })
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    if (answer.kind === 'ok') app.notices.show({ tone: 'success', title: m.saved })
    users.refresh()
  }
  const actionsOf = (user: User) => [
    { title: m.makeLink, run: () => void makeLink(user) },
    {
      title: user.ownsInstallation ? m.takeOwner : m.makeOwner,
      run: () => void change(user, { ownsInstallation: !user.ownsInstallation }),
    },
    user.disabledAtMs === null
      ? { title: m.disable, isDangerous: true, run: () => setDisabled(user) }
      : { title: m.enable, run: () => void change(user, { disabled: false }) },
  ]
  const columns: ReadonlyArray<Column<User>> = [
    {
      key: 'name',
      title: m.name,
      phone: 'title',
      cell: (user) => (
        <span class="flex min-w-0 flex-wrap items-center gap-x-2">
          <span class="truncate font-medium" classList={{ muted: user.disabledAtMs !== null }}>
            {user.name}
          </span>
          <Show when={user.ownsInstallation}>
            <span class="badge badge-sm border-0 bg-neutral">{m.owns}</span>
          </Show>
          <Show when={user.disabledAtMs !== null}>
            <span class="badge badge-sm border-0 bg-error/12 text-error">{m.disabled}</span>
          </Show>
        </span>
      ),
    },
    { key: 'email', title: m.email, phone: 'second', cell: ({ email }) => <span class="wrap-anywhere">{email}</span> },
    {
      key: 'lastSignedIn',
      title: m.lastSignedIn,
      phone: 'second',
      class: 'sm:max-md:hidden',
      cell: ({ lastSignedInAtMs }) =>
        lastSignedInAtMs === null ? (
          <span class="muted">{m.never}</span>
        ) : (
          <RelativeTime atMs={lastSignedInAtMs} look="words" />
        ),
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (user) => (
        <span class="inline-block">
          <RowMenu label={m.actionsOf(user.name)} actions={actionsOf(user)} />
        </span>
      ),
    },
  ]
  return (
    <>
      <Card
        title={m.users}
        aside={
          <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
            {m.newUser}
          </button>
        }
      >
        <p class="mt-2 text-sm text-pretty muted">{m.usersSentence}</p>
        <CardBody state={users.state()} onRetry={users.refresh} skeleton="table" size="min-h-72">
          {(all) => <DataTable columns={columns} rows={all()} caption={m.users} />}
        </CardBody>
      </Card>
      <FormDialog
        isOpen={isNew()}
        onClose={() => isNew() && app.change({ open: undefined }, 'replace')}
        title={m.newUser}
        submitLabel={m.create}
        send={(fields) =>
          app.api.post('/users', {
            json: {
              email: String(fields.get('email')),
              name: String(fields.get('name')),
              ownsInstallation: fields.get('ownsInstallation') === 'on',
            },
          })
        }
        onDone={(user) => {
          users.refresh()
          void makeLink(user)
        }}
      >
        {(form) => (
          <>
            <p class="text-pretty muted">{m.newUserHelp}</p>
            <TextField
              name="name"
              type="text"
              label={m.name}
              autocomplete="off"
              charsMax={NAME_CHARS_MAX}
              error={form.fieldError('name')}
              hasFocus
            />
            <TextField
              name="email"
              type="email"
              label={m.email}
              autocomplete="off"
              charsMax={EMAIL_CHARS_MAX}
              error={form.fieldError('email')}
            />
            <label class="flex items-start gap-2.5">
              <input
                type="checkbox"
                class="checkbox checkbox-sm mt-0.5 rounded-[5px] border-(--muted)"
                name="ownsInstallation"
              />
              <span>{m.ownsLabel}</span>
            </label>
          </>
        )}
      </FormDialog>
      <FormDialog
        isOpen={disabled() !== undefined}
        onClose={() => setDisabled(undefined)}
        title={m.disableTitle(disabled()?.name ?? '')}
        submitLabel={m.disable}
        isDangerous
        send={() =>
          app.api.patch('/users/:userId', { param: { userId: disabled()?.id ?? '' }, json: { disabled: true } })
        }
        onDone={users.refresh}
      >
        {() => <p class="text-pretty muted">{m.disableSentence}</p>}
      </FormDialog>
      <Dialog
        isOpen={link() !== undefined}
        onClose={() => setLink(undefined)}
        title={m.passwordLinkFor(link()?.name ?? '')}
        actions={
          <button type="button" class="btn btn-primary btn-sm" onClick={() => setLink(undefined)}>
            {m.done}
          </button>
        }
      >
        <SecretOnce secret={link()?.url ?? ''} what={m.passwordLink} sentence={m.sendLink} />
      </Dialog>
    </>
  )
}
