import { path as ellipsis } from 'lucide:ellipsis'
import { For } from 'solid-js'
import { Icon } from './icon.tsx'
import { PopoverMenu } from './popover-menu.tsx'

/** One thing that can be done with a row. */
export interface RowAction {
  readonly title: string
  readonly isDangerous?: boolean
  readonly run: () => void
}

/** What can be done with one row of a table. */
export function RowMenu(props: { readonly label: string; readonly actions: readonly RowAction[] }) {
  return (
    <PopoverMenu
      label={props.label}
      triggerClass="btn btn-square btn-ghost btn-sm"
      panelClass="right-0 w-52"
      trigger={<Icon path={ellipsis} />}
    >
      {(close) => (
        <For each={props.actions}>
          {(action) => (
            <button
              type="button"
              class="flex w-full cursor-pointer rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral"
              classList={{ 'text-error': action.isDangerous === true }}
              data-menu-item
              onClick={() => {
                close()
                action.run()
              }}
            >
              {action.title}
            </button>
          )}
        </For>
      )}
    </PopoverMenu>
  )
}
