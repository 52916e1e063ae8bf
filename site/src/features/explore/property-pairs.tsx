import { path as check } from 'lucide:check'
import { path as x } from 'lucide:x'
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { useFormat } from '../../components/format-context.ts'
import { Icon } from '../../components/icon.tsx'
import { componentMessages } from '../../messages/component-messages.ts'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import { PROPERTY_VALUE_CHARS_MAX, type PropertyFilter } from './property-filter.ts'

/** What an event can carry. */
export type PropertyValue = string | number | boolean | null

/** More are behind a button. */
const SHOWN_MAX = 5

/** The properties of an event as small pairs; what a value is can be seen by how it is written. */
export function PropertyPairs(props: {
  readonly properties: Readonly<Record<string, PropertyValue>>
  /** A click filters by the pair. */
  readonly onSelect?: (filter: PropertyFilter) => void
}) {
  const [isOpen, setOpen] = createSignal(false)
  const pairs = () => Object.entries(props.properties)
  const shown = () => (isOpen() ? pairs() : pairs().slice(0, SHOWN_MAX))
  return (
    <ul class="flex min-w-0 flex-wrap gap-1 py-1 text-xs">
      <For each={shown()}>
        {([name, value]) => (
          <li class="max-w-full min-w-0">
            <Pair name={name} value={value} onSelect={props.onSelect} />
          </li>
        )}
      </For>
      <Show when={pairs().length > SHOWN_MAX}>
        <li>
          <button
            type="button"
            class="h-6 cursor-pointer rounded-md px-1.5 muted hover:bg-neutral"
            aria-expanded={isOpen()}
            onClick={() => setOpen((before) => !before)}
          >
            {isOpen() ? m.fewerPairs : m.morePairs(pairs().length - SHOWN_MAX)}
          </button>
        </li>
      </Show>
    </ul>
  )
}

const LOOK = 'flex h-6 max-w-full items-center gap-1.5 rounded-md bg-neutral px-1.5 sm:max-w-[min(100%,18rem)]'

function Pair(props: {
  readonly name: string
  readonly value: PropertyValue
  readonly onSelect: ((filter: PropertyFilter) => void) | undefined
}) {
  const text = () => (typeof props.value === 'string' ? props.value : JSON.stringify(props.value))
  const canFilter = () => props.onSelect !== undefined && text().length <= PROPERTY_VALUE_CHARS_MAX
  const whole = () => `${props.name}: ${text()}`
  const content = (): JSX.Element => (
    <>
      <span class="max-w-32 shrink-0 truncate muted">{props.name}</span>
      <Value value={props.value} />
    </>
  )
  return (
    <Show
      when={canFilter()}
      fallback={
        <span class={LOOK} title={whole()}>
          {content()}
        </span>
      }
    >
      <button
        type="button"
        class={`${LOOK} cursor-pointer hover:bg-base-300`}
        title={componentMessages.filterBy(whole())}
        onClick={() => props.onSelect?.({ name: props.name, value: text() })}
      >
        {content()}
      </button>
    </Show>
  )
}

/** Texts stand in quotes, numbers in figures of one width, true and false with their sign. */
function Value(props: { readonly value: PropertyValue }) {
  const { format } = useFormat()
  return (
    <Switch fallback={<span class="italic">{String(props.value)}</span>}>
      <Match when={typeof props.value === 'string'}>
        <span class="min-w-0 truncate">{`“${props.value}”`}</span>
      </Match>
      <Match when={typeof props.value === 'number'}>
        <span class="num min-w-0 truncate font-medium" title={String(props.value)}>
          {Number.isInteger(props.value) ? format().number(Number(props.value)) : String(props.value)}
        </span>
      </Match>
      <Match when={typeof props.value === 'boolean'}>
        <span class="flex items-center gap-0.5 font-medium">
          <Icon path={props.value === true ? check : x} class="size-3" />
          {String(props.value)}
        </span>
      </Match>
    </Switch>
  )
}
