import { expect, it } from 'vitest'
import { createRefresh } from './refresh.ts'

/** A database whose answers come when the test says so. */
function setUp() {
  let stored = 'first'
  let held = ''
  const answers: Array<() => void> = []
  const refresh = createRefresh(
    () => {
      const read = stored
      return new Promise<string>((resolve) => answers.push(() => resolve(read)))
    },
    (loaded) => {
      held = loaded
    },
  )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    refresh,
    store(next: string) {
      stored = next
    },
    async answer(place: number) {
      answers[place]?.()
      await turn()
    },
    hold(next: string) {
      held = next
    },
    held: () => held,
  }
}

it('holds what was read', async () => {
  const { refresh, answer, held } = setUp()
  const done = refresh.refresh()
  await answer(0)
  await done
  expect(held()).toBe('first')
})

it('never goes back to what an earlier reading saw, though its answer comes later', async () => {
  const { refresh, store, answer, held } = setUp()
  const early = refresh.refresh()
  store('second')
  const late = refresh.refresh()
  await answer(1)
  await answer(0)
  await Promise.all([early, late])
  expect(held()).toBe('second')
})

it('reads again when something was changed here meanwhile', async () => {
  const { refresh, store, hold, answer, held } = setUp()
  const done = refresh.refresh()
  store('changed here')
  hold('changed here')
  refresh.changed()
  await answer(0)
  expect(held()).toBe('changed here')
  store('changed elsewhere since')
  await answer(1)
  await done
  expect(held()).toBe('changed here')
})
