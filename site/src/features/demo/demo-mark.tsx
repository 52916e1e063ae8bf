import { path as flask } from 'lucide:flask-conical'
import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { demoMessages as m } from '../../messages/demo-messages.ts'
import { createDemoRemoval } from './remove-demo.ts'

/** Says on every page of a demo network that it is one, and removes it. */
export function DemoMark() {
  const app = useApp()
  const removal = createDemoRemoval(app)
  return (
    <Show when={app.network()?.isDemo === true}>
      <PopoverMenu
        triggerClass="badge cursor-pointer gap-1 badge-warning"
        panelClass="left-0 w-64 max-sm:fixed max-sm:inset-x-4 max-sm:w-auto"
        trigger={
          <>
            <Icon path={flask} class="size-3.5" />
            {m.demo}
          </>
        }
      >
        {(close) => (
          <div class="p-2 text-sm">
            <p class="font-medium">{m.nothingReal}</p>
            <p class="mt-1 text-pretty muted">{m.nothingRealSentence}</p>
            <Show when={app.may('networks.create')}>
              <button
                type="button"
                class="btn mt-3 w-full border-base-300 bg-transparent btn-sm font-normal"
                data-menu-item
                aria-disabled={removal.isRemoving()}
                onClick={() => void removal.remove().then((isGone) => isGone && close())}
              >
                {removal.isRemoving() ? m.removing : m.remove}
              </button>
            </Show>
          </div>
        )}
      </PopoverMenu>
    </Show>
  )
}
