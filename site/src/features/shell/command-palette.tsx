import { path as searchIcon } from 'lucide:search'
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, Show } from 'solid-js'
import type { PaletteItem, PaletteSource } from '../../app/app-sources.ts'
import { Icon } from '../../components/icon.tsx'
import { PlayerFace } from '../../components/player-face.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { findInSources, type PaletteResults } from './find-in-sources.ts'

const NOTHING: PaletteResults = { groups: [], isSearching: false, failed: false }
/** Nobody types slower than this within a word. */
const ASK_AFTER_MS = 120

/** Finds pages, networks, players and things to do, by keys alone. */
export function CommandPalette(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly sources: readonly PaletteSource[]
}) {
  const id = createUniqueId()
  let element: HTMLDialogElement | undefined
  const [query, setQuery] = createSignal('')
  const [results, setResults] = createSignal(NOTHING)
  const [at, setAt] = createSignal(0)
  /** What the results are for: a fast typist presses Enter before they are there. */
  const [answered, setAnswered] = createSignal('')
  let wantsFirst = false
  const items = createMemo(() => results().groups.flatMap((group) => group.items))

  createEffect(() => {
    if (props.isOpen) element?.showModal()
    else element?.close()
  })
  createEffect(
    on([() => props.isOpen, query], ([isOpen, text], before) => {
      if (!isOpen) {
        setQuery('')
        setResults(NOTHING)
        setAnswered('')
        return
      }
      const abort = new AbortController()
      const ask = (): void => {
        void findInSources(props.sources, text, { signal: abort.signal, onResults: (found) => take(found, text) })
      }
      setAt(0)
      wantsFirst = false
      // What stands there when it opens is there at once.
      const timer = setTimeout(ask, before?.[0] === true ? ASK_AFTER_MS : 0)
      onCleanup(() => {
        clearTimeout(timer)
        abort.abort()
      })
    }),
  )

  function take(found: PaletteResults, text: string): void {
    setResults(found)
    setAnswered(text)
    const [first] = items()
    if (!wantsFirst || first === undefined) return
    wantsFirst = false
    run(first)
  }
  function run(item: PaletteItem | undefined): void {
    if (item === undefined) return
    props.onClose()
    item.run()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const count = items().length
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      if (answered() === query()) run(items()[at()])
      else wantsFirst = true
    }
    const steps: Readonly<Record<string, number>> = { ArrowDown: at() + 1, ArrowUp: at() - 1 }
    const next = steps[event.key]
    if (next === undefined || count === 0) return
    event.preventDefault()
    setAt((next + count) % count)
    document.getElementById(`${id}-${at()}`)?.scrollIntoView({ block: 'nearest' })
  }
  const said = () => {
    if (results().isSearching) return m.paletteSearching
    return items().length === 0 ? m.paletteNothing(query()) : m.paletteCount(items().length)
  }

  return (
    <dialog
      ref={element}
      class="quiet-dialog palette-dialog w-full max-w-xl overflow-hidden"
      aria-label={m.searchLabel}
      onClose={() => props.onClose()}
      onPointerDown={(event) => event.target === element && props.onClose()}
    >
      <Show when={props.isOpen}>
        <div class="flex items-center gap-3 border-b border-base-300/60 px-4">
          <Icon path={searchIcon} class="size-4 muted" />
          <input
            class="h-13 min-w-0 flex-1 bg-transparent text-[15px] outline-none placeholder:text-(--muted)"
            type="text"
            role="combobox"
            aria-label={m.searchLabel}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={items().length > 0 ? `${id}-${at()}` : undefined}
            aria-autocomplete="list"
            autocomplete="off"
            spellcheck={false}
            maxLength={100}
            placeholder={m.palettePlaceholder}
            value={query()}
            autofocus
            onInput={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </div>
        <div
          id={`${id}-list`}
          class="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5"
          role="listbox"
          aria-label={m.searchLabel}
          tabindex={-1}
        >
          <For each={results().groups}>
            {(group) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is not for lists of options
              <div role="group" aria-label={group.title}>
                <p class="px-2.5 pt-2 pb-1 text-xs muted" aria-hidden="true">
                  {group.title}
                </p>
                <For each={group.items}>
                  {(item) => (
                    <Option
                      item={item}
                      id={`${id}-${items().indexOf(item)}`}
                      isAt={items()[at()] === item}
                      onPoint={() => setAt(items().indexOf(item))}
                      onRun={() => run(item)}
                    />
                  )}
                </For>
              </div>
            )}
          </For>
          <Show when={items().length === 0 && !results().isSearching && query() !== ''}>
            <div class="px-4 py-8 text-center text-sm" role="presentation">
              <p class="font-medium wrap-anywhere">{m.paletteNothing(query())}</p>
              <p class="mt-1 muted">{m.paletteHint}</p>
            </div>
          </Show>
        </div>
        <p class="flex justify-between gap-3 border-t border-base-300/60 px-4 py-2 text-xs muted">
          <span>{m.paletteKeys}</span>
          <Show when={results().failed}>
            <span class="text-warning">{m.paletteFailed}</span>
          </Show>
        </p>
        <p class="sr-only" role="status">
          {said()}
        </p>
      </Show>
    </dialog>
  )
}

/** Chosen by the arrow keys of the input, so it never takes the focus itself. */
function Option(props: {
  readonly item: PaletteItem
  readonly id: string
  readonly isAt: boolean
  readonly onPoint: () => void
  readonly onRun: () => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input above takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the option
    <div
      id={props.id}
      class="flex h-10 cursor-pointer items-center gap-3 rounded-lg px-2.5 text-sm aria-selected:bg-neutral"
      role="option"
      aria-selected={props.isAt}
      onPointerMove={() => props.onPoint()}
      onClick={() => props.onRun()}
    >
      <Show when={props.item.faceOf} fallback={<Icon path={props.item.icon ?? searchIcon} class="size-4 muted" />}>
        {(playerId) => <PlayerFace playerId={playerId()} class="size-5" />}
      </Show>
      <span class="min-w-0 flex-1 truncate">{props.item.title}</span>
      <Show when={props.item.hint}>
        <span class="max-w-40 truncate text-xs muted">{props.item.hint}</span>
      </Show>
    </div>
  )
}
