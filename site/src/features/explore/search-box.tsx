import { path as search } from 'lucide:search'
import { createEffect, on, onCleanup } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'

/** Longer than between two letters of somebody who types on. */
const DEBOUNCE_MS = 250
/** Of the API. */
const SEARCH_CHARS_MAX = 64

/** The search of a page: what is typed replaces the URL a moment later, and the list follows the URL. */
export function SearchBox(props: { readonly label: string; readonly class?: string }) {
  const app = useApp()
  let input: HTMLInputElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))

  function apply(): void {
    clearTimeout(timer)
    const typed = input?.value.trim().slice(0, SEARCH_CHARS_MAX) ?? ''
    if (typed !== app.state().search) app.change({ search: typed }, 'replace')
  }
  // Back, or a filter taken away: what stands in the box is what is searched for, unless somebody is typing it.
  createEffect(
    on(
      () => app.state().search,
      (wanted) => {
        if (input !== undefined && input.value.trim() !== wanted) input.value = wanted
      },
    ),
  )
  return (
    <label class={`input input-sm h-9 min-w-0 items-center gap-2 bg-base-200 ${props.class ?? ''}`}>
      <Icon path={search} class="size-4 muted" />
      <span class="sr-only">{props.label}</span>
      <input
        ref={input}
        type="search"
        class="min-w-0 flex-1"
        value={app.state().search}
        placeholder={props.label}
        maxlength={SEARCH_CHARS_MAX}
        autocomplete="off"
        spellcheck={false}
        onInput={() => {
          clearTimeout(timer)
          timer = setTimeout(apply, DEBOUNCE_MS)
        }}
        onKeyDown={(event) => event.key === 'Enter' && apply()}
      />
    </label>
  )
}
