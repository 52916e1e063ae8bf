import { path as back } from 'lucide:chevron-left'
import { createSignal, createUniqueId, For, Match, onMount, Show, Switch } from 'solid-js'
import { Icon } from '../../components/icon.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import { DaysInput } from './days-input.tsx'
import type { FilterField } from './filter-field.ts'
import { formatPropertyFilter, PROPERTY_NAME_CHARS_MAX, PROPERTY_VALUE_CHARS_MAX } from './property-filter.ts'

/** More would have to be scrolled; what is not there is typed. */
const CHOICES_SHOWN_MAX = 8

/** Where the value of one filter is chosen or typed. */
export function FilterForm(props: {
  readonly field: FilterField
  readonly onChoose: (value: string) => void
  readonly onBack: () => void
}) {
  const input = () => props.field.input
  return (
    <div class="flex w-72 max-w-[calc(100vw-3rem)] flex-col gap-1">
      <button
        type="button"
        class="flex cursor-pointer items-center gap-1.5 rounded-lg px-1.5 py-1 text-left text-xs muted hover:bg-neutral"
        aria-label={m.filterBack}
        onClick={() => props.onBack()}
      >
        <Icon path={back} class="size-3.5" />
        {props.field.title}
      </button>
      <Switch>
        <Match when={input().kind === 'days'}>
          <DaysInput onChoose={props.onChoose} />
        </Match>
        <Match when={input().kind === 'property'}>
          <PropertyInput onChoose={props.onChoose} />
        </Match>
        <Match when={true}>
          <ValueInput field={props.field} onChoose={props.onChoose} />
        </Match>
      </Switch>
    </div>
  )
}

function ValueInput(props: { readonly field: FilterField; readonly onChoose: (value: string) => void }) {
  const [typed, setTyped] = createSignal('')
  let root: HTMLDivElement | undefined
  onMount(() => root?.querySelector<HTMLElement>('input, [data-menu-item]')?.focus())
  const text = () => (props.field.input.kind === 'text' ? props.field.input : undefined)
  const choices = () => {
    const { input } = props.field
    if (input.kind !== 'text' && input.kind !== 'choice') return []
    const part = typed().trim().toLowerCase()
    return input
      .choices()
      .filter(({ value, label }) => `${label}\n${value}`.toLowerCase().includes(part))
      .slice(0, CHOICES_SHOWN_MAX)
  }
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const written = typed().trim()
    const parse = text()?.parse
    const exact = choices().find(({ label }) => label.toLowerCase() === written.toLowerCase())
    const value = parse === undefined ? written : (exact?.value ?? parse(written) ?? choices()[0]?.value)
    if (written !== '' && value !== undefined) props.onChoose(value)
  }
  return (
    <div ref={root} class="flex flex-col gap-1">
      <Show when={text()}>
        {(input) => (
          <form class="flex gap-2 px-1 pb-1" onSubmit={submit}>
            <input
              class="input input-sm min-w-0 flex-1 bg-base-100"
              type="text"
              aria-label={m.typeOrChoose(props.field.title)}
              maxlength={input().charsMax}
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
            <button type="submit" class="btn btn-primary btn-sm">
              {m.apply}
            </button>
          </form>
        )}
      </Show>
      <For each={choices()}>
        {({ value, label }) => (
          <button
            type="button"
            class="w-full cursor-pointer truncate rounded-lg px-2.5 py-1.5 text-left text-sm hover:bg-neutral"
            data-menu-item
            onClick={() => props.onChoose(value)}
          >
            {label}
          </button>
        )}
      </For>
    </div>
  )
}

function PropertyInput(props: { readonly onChoose: (value: string) => void }) {
  const helpId = createUniqueId()
  let name: HTMLInputElement | undefined
  let value: HTMLInputElement | undefined
  onMount(() => name?.focus())
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const filter = { name: name?.value.trim() ?? '', value: value?.value.trim() ?? '' }
    if (filter.name !== '') props.onChoose(formatPropertyFilter(filter))
  }
  return (
    <form class="flex flex-col gap-2 p-1" onSubmit={submit}>
      <label class="flex flex-col gap-1 text-xs muted">
        {m.propertyName}
        <input
          ref={name}
          class="input input-sm w-full bg-base-100 font-mono text-base-content"
          maxlength={PROPERTY_NAME_CHARS_MAX}
          required
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <label class="flex flex-col gap-1 text-xs muted">
        {m.propertyValue}
        <input
          ref={value}
          class="input input-sm w-full bg-base-100 font-mono text-base-content"
          maxlength={PROPERTY_VALUE_CHARS_MAX}
          aria-describedby={helpId}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <p id={helpId} class="text-xs muted">
        {m.propertyHelp}
      </p>
      <button type="submit" class="btn btn-primary btn-sm">
        {m.apply}
      </button>
    </form>
  )
}
