import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Notice } from '../../components/notice.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'

/** Messages about what the person just did, above everything at the edge of the screen. */
export function NoticeStack() {
  const app = useApp()
  return (
    <section
      class="pointer-events-none fixed inset-x-4 bottom-20 z-40 flex flex-col items-end gap-2 lg:bottom-6"
      aria-label={m.notices}
    >
      <For each={app.notices.list()}>
        {(notice) => (
          <div class="fade-in pointer-events-auto w-full max-w-sm rounded-lg border border-base-300 bg-base-200">
            <Notice tone={notice.tone} title={notice.title} onDismiss={() => app.notices.dismiss(notice.id)}>
              <Show when={notice.sentence}>{notice.sentence}</Show>
            </Notice>
          </div>
        )}
      </For>
    </section>
  )
}
