import { createSignal, createUniqueId, type JSX, onCleanup, Show } from 'solid-js'

/**
 * A button with a panel below it. The panel closes on Escape (the focus goes back to the button), on a click elsewhere
 * and when the focus leaves.
 */
export function PopoverMenu(props: {
  /** For a button that shows no words. */
  readonly label?: string
  readonly trigger: JSX.Element
  readonly triggerClass: string
  readonly panelClass?: string
  readonly children: (close: () => void) => JSX.Element
}) {
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  let root: HTMLDivElement | undefined
  let button: HTMLButtonElement | undefined

  function close(): void {
    setOpen(false)
  }
  function onPointerDown({ target }: PointerEvent): void {
    if (target instanceof Node && root?.contains(target) !== true) close()
  }
  document.addEventListener('pointerdown', onPointerDown)
  onCleanup(() => document.removeEventListener('pointerdown', onPointerDown))

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && isOpen()) {
      event.stopPropagation()
      close()
      button?.focus()
    }
    if (!isOpen() || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    const items = Array.from(root?.querySelectorAll<HTMLElement>('[data-menu-item]') ?? [])
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = event.key === 'ArrowDown' ? at + 1 : Math.max(0, at - 1)
    if (items.length === 0) return
    event.preventDefault()
    items[next % items.length]?.focus()
  }
  function onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && root?.contains(relatedTarget) !== true) close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that reach it come from the button and the panel inside
    <div ref={root} class="relative min-w-0" onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
      <button
        ref={button}
        type="button"
        class={props.triggerClass}
        aria-label={props.label}
        title={props.label}
        aria-expanded={isOpen()}
        aria-controls={id}
        onClick={() => setOpen((before) => !before)}
      >
        {props.trigger}
      </button>
      <div id={id} class={`fade-in absolute z-30 mt-1.5 ${props.panelClass ?? 'left-0 min-w-full'}`} hidden={!isOpen()}>
        <Show when={isOpen()}>
          <div class="max-h-[calc(100dvh-9rem)] overflow-y-auto rounded-box border border-base-300 bg-base-200 p-1.5">
            {props.children(close)}
          </div>
        </Show>
      </div>
    </div>
  )
}
