import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** Turns true once it is so, or after waiting for that, and stays true. */
export function createOnceOrAfter(isSo: Accessor<boolean>, waitMsMax: number): Accessor<boolean> {
  const [isDone, setDone] = createSignal(false)
  const waiting = setTimeout(() => setDone(true), waitMsMax)
  createEffect(() => !isDone() && isSo() && setDone(true))
  onCleanup(() => clearTimeout(waiting))
  return isDone
}
