import { path as logOut } from 'lucide:log-out'
import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { initials } from './initials.ts'
import { ThemeSwitch } from './theme-switch.tsx'

/** Who is signed in, the way out, and the theme. */
export function UserBar() {
  const app = useApp()
  return (
    <div class="mt-auto flex items-center gap-1 border-t border-base-300/60 px-1 pt-3">
      <Show when={app.sources.user()} fallback={<span class="flex-1" />}>
        {(user) => (
          <>
            <a
              href={app.href('account')}
              class="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg px-1 py-1 hover:bg-neutral"
              title={m.userMenu(user().name)}
              aria-current={app.location().page === 'account' ? 'page' : undefined}
            >
              <span
                class="grid size-7 shrink-0 place-items-center rounded-full bg-neutral text-xs font-medium"
                aria-hidden="true"
              >
                {initials(user().name)}
              </span>
              <span class="min-w-0 flex-1 truncate text-sm">{user().name}</span>
            </a>
            <button
              type="button"
              class="btn btn-square btn-ghost btn-sm muted"
              aria-label={m.signOut}
              title={m.signOut}
              onClick={() => app.sources.signOut()}
            >
              <Icon path={logOut} />
            </button>
          </>
        )}
      </Show>
      <ThemeSwitch />
    </div>
  )
}
