import { Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import type { ApiResult } from '../../api/client.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'
import { SIGN_IN_PATH } from '../../url/app-location.ts'
import { describeBrowser } from './describe-browser.ts'

type SignIn = ApiOutput<'get', '/account/sign-ins'>[number]

const QUIET = 'btn border-base-300 bg-transparent btn-sm font-normal'

/** Where one is signed in, and the ways out. */
export function SignInsPart() {
  const app = useApp()
  const signIns = createCard(
    () => ({}),
    (_, signal) => app.api.get('/account/sign-ins', {}, { signal }),
  )
  async function end(ask: Promise<ApiResult<unknown>>, done: string): Promise<void> {
    const answer = await ask
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    if (answer.kind === 'ok') app.notices.show({ tone: 'success', title: done })
    signIns.refresh()
  }
  async function endAll(): Promise<void> {
    const answer = await app.api.delete('/account/sign-ins', { query: {} })
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    else window.location.assign(SIGN_IN_PATH)
  }
  const browserOf = ({ userAgent }: SignIn): string => {
    const facts = describeBrowser(userAgent)
    if (facts === undefined) return m.unknownBrowser
    return facts.system === undefined ? facts.browser : m.browserOn(facts.browser, facts.system)
  }
  const placeOf = ({ country, address }: SignIn): string =>
    [country === '' ? '' : app.format().country(country), address ?? ''].filter(Boolean).join(', ') || m.unknownPlace
  const columns: ReadonlyArray<Column<SignIn>> = [
    {
      key: 'browser',
      title: m.browser,
      phone: 'title',
      cell: (signIn) => (
        <span class="flex min-w-0 items-center gap-2" title={signIn.userAgent}>
          <span class="truncate font-medium">{browserOf(signIn)}</span>
          <Show when={signIn.isThisOne}>
            <span class="badge badge-sm border-0 bg-success/15 text-success">{m.thisOne}</span>
          </Show>
        </span>
      ),
    },
    { key: 'where', title: m.where, phone: 'second', cell: placeOf },
    {
      key: 'lastSeen',
      title: m.lastSeen,
      phone: 'second',
      cell: ({ lastSeenAtMs }) => <RelativeTime atMs={lastSeenAtMs} look="words" />,
    },
    {
      key: 'since',
      title: m.since,
      phone: 'hidden',
      class: 'sm:max-md:hidden',
      cell: ({ createdAtMs }) => <RelativeTime atMs={createdAtMs} look="moment" />,
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (signIn) => (
        <Show when={!signIn.isThisOne}>
          <button
            type="button"
            class={QUIET}
            onClick={() => {
              const param = { signInId: signIn.id }
              void end(app.api.delete('/account/sign-ins/:signInId', { param }), m.signedOutThere)
            }}
          >
            {m.signOut}
            <span class="sr-only">{browserOf(signIn)}</span>
          </button>
        </Show>
      ),
    },
  ]
  return (
    <Card title={m.signIns}>
      <p class="mt-2 text-sm text-pretty muted">{m.signInsSentence}</p>
      <CardBody state={signIns.state()} onRetry={signIns.refresh} skeleton="table" size="min-h-60">
        {(all) => <DataTable columns={columns} rows={all()} caption={m.signIns} />}
      </CardBody>
      <div class="mt-4 flex flex-wrap justify-end gap-2">
        <button
          type="button"
          class={QUIET}
          onClick={() =>
            void end(app.api.delete('/account/sign-ins', { query: { others: 'true' } }), m.signedOutOthers)
          }
        >
          {m.signOutOthers}
        </button>
        <button type="button" class={QUIET} onClick={() => void endAll()}>
          {m.signOutEverywhere}
        </button>
      </div>
    </Card>
  )
}
