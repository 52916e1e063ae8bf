import { createMemo, createSignal, type JSX, Show } from 'solid-js'
import { BarList, type BarRow } from '../../components/bar-list.tsx'
import { Card } from '../../components/card.tsx'
import { useFormat } from '../../components/format-context.ts'
import { ShareBar } from '../../components/share-bar.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { liveMessages as m } from '../../messages/live-messages.ts'

/** Who is online by one dimension, in a card that keeps its size; a click filters the list of who is online. */
export function DimensionCard(props: {
  readonly title: string
  readonly rows: readonly BarRow[] | undefined
  readonly total: number
  readonly selected: readonly string[]
  /** Undefined where there is no list that could be filtered. */
  readonly onSelect: ((key: string) => void) | undefined
  readonly rowsShown: number
  readonly look?: 'behind' | 'below' | 'shares'
  readonly isMono?: boolean
  readonly aside?: JSX.Element
  readonly size: string
  readonly class: string
}) {
  const { format } = useFormat()
  const [isWhole, setWhole] = createSignal(false)
  const count = () => props.rows?.length ?? 0
  const shown = createMemo(() => {
    const rows = props.rows ?? []
    if (isWhole()) return rows
    // What is chosen can be taken back without looking for it.
    return rows.filter(({ key }, index) => index < props.rowsShown || props.selected.includes(key))
  })
  return (
    <Card title={props.title} aside={props.aside ?? m.now} class={props.class}>
      <div class={`mt-3 flex flex-1 flex-col ${props.size}`}>
        <Show when={props.rows} fallback={<Skeleton shape="rows" />}>
          <Show when={count() > 0} fallback={<p class="my-auto text-center text-sm muted">{m.nobody}</p>}>
            <div class="flex max-h-96 flex-1 flex-col overflow-y-auto">
              <Show
                when={props.look === 'shares'}
                fallback={
                  <BarList
                    rows={shown()}
                    look={props.look === 'below' ? 'below' : 'behind'}
                    total={props.total}
                    selected={props.selected}
                    onSelect={props.onSelect}
                    isMono={props.isMono === true}
                  />
                }
              >
                <ShareBar rows={shown()} total={props.total} selected={props.selected} onSelect={props.onSelect} />
              </Show>
            </div>
          </Show>
        </Show>
      </div>
      <div class="mt-1 h-5 text-xs">
        <Show when={count() > props.rowsShown}>
          <button
            type="button"
            class="link-hover link muted"
            aria-expanded={isWhole()}
            onClick={() => setWhole((before) => !before)}
          >
            {isWhole() ? m.showFewer : m.showAll(format().number(count()))}
          </button>
        </Show>
      </div>
    </Card>
  )
}
