import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** Whether the page is as narrow as a phone: the width below which tables turn into rows of two lines. */
export function isPhone(): Accessor<boolean> {
  const query = matchMedia('(width < 40rem)')
  const [matches, setMatches] = createSignal(query.matches)
  const update = (): void => {
    setMatches(query.matches)
  }
  query.addEventListener('change', update)
  onCleanup(() => query.removeEventListener('change', update))
  return matches
}
