import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** The first screen is not waited for any longer than this. */
const WAIT_MS_MAX = 1_000

/**
 * Turns true once the first screen is painted with what it is about, so that what lies below it, and what is large, does not
 * stand in its way.
 *
 * @param isThere whether the first screen has what it is about
 */
export function createPainted(isThere: Accessor<boolean>): Accessor<boolean> {
  const [isPainted, setPainted] = createSignal(false)
  const waiting = setTimeout(() => setPainted(true), WAIT_MS_MAX)
  let frame: number | undefined
  let after: ReturnType<typeof setTimeout> | undefined
  createEffect(() => {
    if (!isThere() || frame !== undefined) return
    frame = requestAnimationFrame(() => {
      after = setTimeout(() => setPainted(true))
    })
  })
  onCleanup(() => {
    clearTimeout(waiting)
    clearTimeout(after)
    if (frame !== undefined) cancelAnimationFrame(frame)
  })
  return isPainted
}
