import { path as left } from 'lucide:chevron-left'
import { path as right } from 'lucide:chevron-right'
import { Show } from 'solid-js'
import { Icon } from '../../components/icon.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import type { Pager } from './create-pager.ts'

/** To the next page and back. How many there are is not known without counting all of them, so it is not said. */
export function PagerBar(props: { readonly pager: Pager; readonly count: number }) {
  return (
    <Show when={!props.pager.isFirst() || props.pager.hasNext()}>
      <nav
        class="flex items-center gap-3 border-t border-base-300/50 px-4 py-3 text-xs muted sm:px-5"
        aria-label={m.pages}
      >
        <span class="num flex-1">{m.onThisPage(props.count)}</span>
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal aria-disabled:opacity-50"
          aria-disabled={props.pager.isFirst()}
          onClick={() => props.pager.previous()}
        >
          <Icon path={left} class="size-3.5" />
          {m.previousPage}
        </button>
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal aria-disabled:opacity-50"
          aria-disabled={!props.pager.hasNext()}
          onClick={() => props.pager.next()}
        >
          {m.nextPage}
          <Icon path={right} class="size-3.5" />
        </button>
      </nav>
    </Show>
  )
}
