import { type Accessor, createSignal, onCleanup } from 'solid-js'

const TICK_MS = 1_000

/** One clock for a whole page: moves on every second, and rests while nobody looks. */
export function createNow(): Accessor<number> {
  const [now, setNow] = createSignal(Date.now())
  const tick = (): void => {
    if (document.visibilityState === 'visible') setNow(Date.now())
  }
  const timer = setInterval(tick, TICK_MS)
  document.addEventListener('visibilitychange', tick)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}
