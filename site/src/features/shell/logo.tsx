/** The cube, a small chart on its left face. */
export function Logo(props: { readonly class?: string }) {
  return (
    <svg viewBox="0 0 32 32" class={`shrink-0 ${props.class ?? 'size-7'}`} aria-hidden="true">
      <path d="M16 2 29 9.2v13.6L16 30 3 22.8V9.2Z" fill="var(--color-primary)" />
      <path d="M16 2 29 9.2 16 16.4 3 9.2Z" fill="#a5b0ff" />
      <path d="M16 16.4 29 9.2v13.6L16 30Z" fill="#3730a3" />
      <path d="M7 20.2v-3.1l2.2 1.2v3.1Zm3.4 1.9v-6l2.2 1.2v6Z" fill="#fff" opacity=".95" />
      <path d="M13.7 23.9v-8.6l1 .55v8.6Z" fill="#fff" />
    </svg>
  )
}
