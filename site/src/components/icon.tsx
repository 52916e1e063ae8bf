/** An icon of Lucide: beside a word it is hidden from screen readers, alone it needs a label. */
export function Icon(props: { readonly path: string; readonly class?: string; readonly label?: string | undefined }) {
  return (
    <svg
      class={`shrink-0 ${props.class ?? 'size-4'}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined ? 'true' : undefined}
    >
      <path d={props.path} />
    </svg>
  )
}
