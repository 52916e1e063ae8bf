import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { createOnceOrAfter } from '../../components/create-once-or-after.ts'

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
  // What it is made of changes on; whether it is there does not.
  const isThereNow = createMemo(isThere)
  createEffect(() => {
    if (!isThereNow()) return
    let task: ReturnType<typeof setTimeout> | undefined
    // The task behind a frame begins when that is painted.
    const frame = requestAnimationFrame(() => {
      task = setTimeout(() => setPainted(true))
    })
    onCleanup(() => {
      cancelAnimationFrame(frame)
      clearTimeout(task)
    })
  })
  return createOnceOrAfter(isPainted, WAIT_MS_MAX)
}
