import { createSignal, Match, Show, Switch } from 'solid-js'
import { Card } from '../../components/card.tsx'
import { CodeSnippet } from '../../components/code-snippet.tsx'
import { Notice } from '../../components/notice.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { startMessages as m } from '../../messages/start-messages.ts'
import { writeSnippets } from './snippets.ts'

const TABS = [
  { key: 'sdk', title: m.tabSdk },
  { key: 'http', title: m.tabHttp },
  { key: 'bridge', title: m.tabBridge },
] as const

/** The key, shown once, and what to paste where. */
export function ConnectCard(props: { readonly secret: string | undefined }) {
  const [tab, setTab] = createSignal<string>('sdk')
  const snippets = () => writeSnippets({ origin: window.location.origin, key: props.secret })
  return (
    <Card title={m.snippets}>
      <div class="mt-3 flex flex-col gap-4">
        <Show
          when={props.secret}
          fallback={
            <Notice tone="info" title={m.keyGone}>
              {m.keyGoneSentence}
            </Notice>
          }
        >
          {(secret) => <SecretOnce secret={secret()} what={m.theKey} sentence={m.keepKey} />}
        </Show>
        <Tabs tabs={TABS} selected={tab()} onSelect={setTab} label={m.snippets}>
          <Switch>
            <Match when={tab() === 'sdk'}>
              <p class="mb-2 text-sm">{m.sdkSentence}</p>
              <CodeSnippet text={snippets().sdk} what={m.code} />
            </Match>
            <Match when={tab() === 'http'}>
              <p class="mb-2 text-sm">{m.httpSentence}</p>
              <CodeSnippet text={snippets().http} what={m.code} />
            </Match>
            <Match when={tab() === 'bridge'}>
              <Notice tone="warning" title={m.bridgeMissing} class="mb-2">
                {m.bridgeMissingSentence}
              </Notice>
              <CodeSnippet text={snippets().bridge} what={m.code} />
            </Match>
          </Switch>
          <p class="mt-3 text-sm">
            <a class="link" href="/docs/connect/" target="_blank" rel="noopener">
              {m.guide}
            </a>
          </p>
        </Tabs>
      </div>
    </Card>
  )
}
