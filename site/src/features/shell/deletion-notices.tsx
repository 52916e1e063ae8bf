import { createSignal, Show } from 'solid-js'
import type { ApiResult } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { Notice } from '../../components/notice.tsx'
import { noticeMessages as m } from '../../messages/notice-messages.ts'

/** Says above every page what waits for its deletion, and takes that back. */
export function DeletionNotices() {
  const app = useApp()
  const [isSending, setSending] = createSignal(false)
  const network = () => (app.network()?.archivedAtMs == null ? undefined : app.network())
  const accountDeleteAtMs = () => app.sources.user()?.deleteAtMs ?? undefined

  async function takeBack(ask: () => Promise<ApiResult<unknown>>): Promise<void> {
    if (isSending()) return
    setSending(true)
    const answer = await ask()
    setSending(false)
    if (answer.kind === 'failed') return app.notices.show({ tone: 'error', title: answer.error.message })
    app.notices.show({ tone: 'success', title: m.takenBack })
    app.sources.retryNetworks()
    app.sources.retryAccount()
  }
  const button = (run: () => void) => (
    <button
      type="button"
      class="btn mt-2 border-base-300 bg-base-200 btn-sm font-normal"
      aria-disabled={isSending()}
      onClick={run}
    >
      {m.takeBack}
    </button>
  )
  return (
    <>
      <Show when={accountDeleteAtMs()}>
        {(atMs) => (
          <Notice tone="warning" title={m.accountDeletion} class="mb-4">
            <p>{m.accountDeletionSentence(app.format().exact(atMs()))}</p>
            {button(() => void takeBack(() => app.api.delete('/account/deletion', {})))}
          </Notice>
        )}
      </Show>
      <Show when={network()}>
        {(archived) => (
          <Show
            when={archived().deleteAtMs}
            fallback={
              <Notice tone="info" title={m.networkArchived(archived().name)} class="mb-4">
                {m.networkArchivedSentence}
              </Notice>
            }
          >
            {(atMs) => (
              <Notice tone="warning" title={m.networkDeletion(archived().name)} class="mb-4">
                <p>{m.networkDeletionSentence(app.format().exact(atMs()))}</p>
                <Show when={app.may('network.delete')}>
                  {button(
                    () =>
                      void takeBack(() =>
                        app.api.delete('/networks/:networkId/deletion', { param: { networkId: archived().id } }),
                      ),
                  )}
                </Show>
              </Notice>
            )}
          </Show>
        )}
      </Show>
    </>
  )
}
