/** What a dot says by its colour; the words beside it say the same. */
export type DotTone = 'good' | 'attention' | 'bad' | 'idle'

const COLOURS = { good: 'bg-success', attention: 'bg-warning', bad: 'bg-error', idle: 'bg-base-content/40' } as const

/** A dot before the words that name a state. */
export function StateDot(props: { readonly tone: DotTone; readonly class?: string }) {
  return (
    <span
      class={`inline-block shrink-0 rounded-full ${COLOURS[props.tone]} ${props.class ?? 'size-2'}`}
      aria-hidden="true"
    />
  )
}
