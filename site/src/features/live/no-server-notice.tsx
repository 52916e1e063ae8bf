import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Notice } from '../../components/notice.tsx'
import { liveMessages as m } from '../../messages/live-messages.ts'

/** What to do when nobody can be counted, because no server reports. */
export function NoServerNotice() {
  const app = useApp()
  const isNoneConnected = () => app.sources.live.counts()?.serversConnected === 0
  const knownServers = () => {
    const state = app.sources.ingest.state()
    return state.kind === 'ready' ? state.data.servers.length : undefined
  }
  return (
    <Show when={isNoneConnected() && knownServers() !== undefined}>
      <div class="col-span-12">
        <Show
          when={knownServers() === 0}
          fallback={
            <Notice tone="warning" title={m.noServerNow}>
              {m.noServerNowSentence}{' '}
              <a class="quiet-link" href={app.href('servers')}>
                {m.seeServers}
              </a>
            </Notice>
          }
        >
          <Notice tone="info" title={m.noServerYet}>
            <Show when={app.may('keys.manage')} fallback={m.noServerYetOther}>
              {m.noServerYetSentence}{' '}
              <a class="quiet-link" href={app.href('start')}>
                {m.connectServer}
              </a>
            </Show>
          </Notice>
        </Show>
      </div>
    </Show>
  )
}
