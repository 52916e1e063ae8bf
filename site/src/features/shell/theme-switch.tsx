import { path as check } from 'lucide:check'
import { path as monitor } from 'lucide:monitor'
import { path as moon } from 'lucide:moon'
import { path as sun } from 'lucide:sun'
import { path as sunMoon } from 'lucide:sun-moon'
import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'

const CHOICES = [
  { choice: 'system', title: m.themeSystem, icon: monitor },
  { choice: 'light', title: m.themeLight, icon: sun },
  { choice: 'dark', title: m.themeDark, icon: moon },
] as const

/** Light, dark, or like the system. */
export function ThemeSwitch() {
  const app = useApp()
  return (
    <PopoverMenu
      label={m.theme}
      triggerClass="btn btn-square btn-ghost btn-sm muted"
      panelClass="bottom-full right-0 mb-1.5 w-44"
      trigger={<Icon path={sunMoon} />}
    >
      {(close) => (
        <For each={CHOICES}>
          {({ choice, title, icon }) => (
            <button
              type="button"
              class="flex w-full cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral"
              aria-pressed={app.theme.choice() === choice}
              data-menu-item
              onClick={() => {
                app.theme.choose(choice)
                close()
              }}
            >
              <Icon path={icon} class="size-4 muted" />
              <span class="flex-1">{title}</span>
              <Show when={app.theme.choice() === choice}>
                <Icon path={check} class="size-4 text-success" />
              </Show>
            </button>
          )}
        </For>
      )}
    </PopoverMenu>
  )
}
