import { createUniqueId, For, type JSX } from 'solid-js'

/** One of several parts of which one is shown. */
export interface Tab {
  readonly key: string
  readonly title: string
}

/** Parts of which one is shown: arrow keys move, and the panel is tied to its tab. */
export function Tabs(props: {
  readonly tabs: readonly Tab[]
  readonly selected: string
  readonly onSelect: (key: string) => void
  readonly label: string
  readonly children: JSX.Element
}) {
  const id = createUniqueId()
  const buttons = new Map<string, HTMLButtonElement>()

  function onKeyDown(event: KeyboardEvent): void {
    const at = props.tabs.findIndex(({ key }) => key === props.selected)
    const last = props.tabs.length - 1
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }
    const target = props.tabs[steps[event.key] ?? -1]
    if (target === undefined) return
    event.preventDefault()
    props.onSelect(target.key)
    buttons.get(target.key)?.focus()
  }
  return (
    <div>
      <div
        class="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-lg bg-base-100 p-1"
        role="tablist"
        aria-label={props.label}
        onKeyDown={onKeyDown}
      >
        <For each={props.tabs}>
          {(tab) => (
            <button
              ref={(element) => buttons.set(tab.key, element)}
              type="button"
              role="tab"
              id={`${id}-${tab.key}`}
              class="cursor-pointer rounded-md px-3 py-1.5 text-sm whitespace-nowrap aria-selected:bg-neutral aria-selected:font-medium"
              classList={{ muted: props.selected !== tab.key }}
              aria-selected={props.selected === tab.key}
              aria-controls={`${id}-panel`}
              tabindex={props.selected === tab.key ? 0 : -1}
              onClick={() => props.onSelect(tab.key)}
            >
              {tab.title}
            </button>
          )}
        </For>
      </div>
      <div class="mt-4" id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${props.selected}`}>
        {props.children}
      </div>
    </div>
  )
}
