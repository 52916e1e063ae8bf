import { path as plus } from 'lucide:plus'
import { path as x } from 'lucide:x'
import { createSignal, For, onMount, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import type { Filter } from '../../url/filters.ts'
import type { FilterField } from './filter-field.ts'
import { FilterForm } from './filter-form.tsx'
import { setFilter, splitFilters } from './list-filters.ts'

/** The filters of a list as pills that can be taken away, and a menu that adds one. They stand in the URL. */
export function FilterBar(props: { readonly fields: readonly FilterField[] }) {
  const app = useApp()
  const split = () =>
    splitFilters(
      app.state().filters,
      props.fields.map(({ dimension }) => dimension),
    )
  const choose = (filters: readonly Filter[]): void => app.change({ filters })
  return (
    <ul class="flex min-h-9 min-w-0 flex-wrap items-center gap-2" aria-label={m.filters}>
      <For each={split().used}>
        {({ dimension, value }) => {
          const field = () => props.fields.find((one) => one.dimension === dimension)
          const text = () => m.filterIs(field()?.title ?? dimension, field()?.describe(value) ?? value)
          return (
            <li class="max-w-full min-w-0">
              <Pill text={text()} onRemove={() => choose(setFilter(app.state().filters, dimension, undefined))} />
            </li>
          )
        }}
      </For>
      <For each={split().ignored}>
        {(filter) => {
          const text = () => m.filterIs(filter.dimension, filter.values.join(', ') || m.unknown)
          return (
            <li class="max-w-full min-w-0">
              <Pill
                text={text()}
                isIgnored
                onRemove={() => choose(app.state().filters.filter((one) => one !== filter))}
              />
            </li>
          )
        }}
      </For>
      <li>
        <PopoverMenu
          triggerClass="btn btn-ghost btn-sm border border-dashed border-base-300 font-normal"
          trigger={
            <>
              <Icon path={plus} class="size-3.5" />
              {m.addFilter}
            </>
          }
        >
          {(close) => (
            <AddFilter
              fields={props.fields}
              onChoose={(field, value) => {
                close()
                choose(setFilter(app.state().filters, field.dimension, value))
              }}
            />
          )}
        </PopoverMenu>
      </li>
      <Show when={app.state().filters.length > 1}>
        <li>
          <button type="button" class="btn btn-ghost btn-sm font-normal muted" onClick={() => choose([])}>
            {m.removeAll}
          </button>
        </li>
      </Show>
    </ul>
  )
}

function Pill(props: { readonly text: string; readonly isIgnored?: boolean; readonly onRemove: () => void }) {
  return (
    <button
      type="button"
      class="btn max-w-full border-base-300 bg-base-200 btn-sm font-normal"
      classList={{ 'border-dashed muted': props.isIgnored === true }}
      aria-label={m.removeFilter(props.text)}
      title={props.isIgnored === true ? m.notUsedHere(props.text) : m.removeFilter(props.text)}
      onClick={() => props.onRemove()}
    >
      <span class="truncate" classList={{ 'line-through': props.isIgnored === true }}>
        {props.text}
      </span>
      <Icon path={x} class="size-3.5" />
    </button>
  )
}

/** First what to filter by, then the value. */
function AddFilter(props: {
  readonly fields: readonly FilterField[]
  readonly onChoose: (field: FilterField, value: string) => void
}) {
  const [chosen, setChosen] = createSignal<FilterField>()
  let list: HTMLUListElement | undefined
  const focusFirst = (): void => list?.querySelector<HTMLElement>('[data-menu-item]')?.focus()
  onMount(focusFirst)
  return (
    <Show
      when={chosen()}
      fallback={
        <ul ref={list} class="w-52">
          <For each={props.fields}>
            {(field) => (
              <li>
                <button
                  type="button"
                  class="w-full cursor-pointer rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral"
                  data-menu-item
                  onClick={() => setChosen(field)}
                >
                  {field.title}
                </button>
              </li>
            )}
          </For>
        </ul>
      }
    >
      {(field) => (
        <FilterForm
          field={field()}
          onChoose={(value) => props.onChoose(field(), value)}
          onBack={() => {
            setChosen(undefined)
            focusFirst()
          }}
        />
      )}
    </Show>
  )
}
