import { createUniqueId, For } from 'solid-js'
import { Dialog } from '../../components/dialog.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import type { KeyListener } from './create-key-listener.ts'
import type { Shortcut } from './shortcut-keys.ts'

const GROUPS = [
  { group: 'other', title: m.shortcutGroupOther },
  { group: 'pages', title: m.shortcutGroupPages },
  { group: 'time', title: m.shortcutGroupTime },
] as const

/** Every key that does something, and a way to turn them off. */
export function ShortcutsSheet(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly shortcuts: readonly Shortcut[]
  readonly keys: KeyListener
}) {
  const id = createUniqueId()
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={m.shortcuts} class="max-w-2xl">
      <div class="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <For each={GROUPS}>
          {({ group, title }) => (
            <section class={group === 'other' ? 'sm:col-span-2' : ''} aria-label={title}>
              <h3 class="mb-1.5 text-xs muted">{title}</h3>
              <dl class={group === 'other' ? 'grid gap-x-8 sm:grid-cols-2' : ''}>
                <For each={props.shortcuts.filter((shortcut) => shortcut.group === group)}>
                  {({ keys, title: what }) => (
                    <div class="flex items-center justify-between gap-3 py-0.5">
                      <dt>{what}</dt>
                      <dd class="flex gap-1">
                        <For each={keys.split(' ')}>{(key) => <kbd class="kbd kbd-sm">{key}</kbd>}</For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
      <div class="mt-5 flex items-start gap-3 border-t border-base-300/60 pt-4">
        <input
          id={id}
          type="checkbox"
          class="toggle toggle-sm mt-0.5 toggle-primary"
          checked={props.keys.isOn()}
          aria-describedby={`${id}-help`}
          onChange={(event) => props.keys.setOn(event.currentTarget.checked)}
        />
        <div>
          <label class="font-medium" for={id}>
            {m.shortcutsOn}
          </label>
          <p id={`${id}-help`} class="text-xs muted">
            {m.shortcutsHelp}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
