import { expect, it } from 'vitest'
import { sleep } from './sleep.ts'

const HOUR_MS = 3_600_000

it('ends after its time', async () => {
  await expect(sleep(1, new AbortController().signal)).resolves.toBeUndefined()
})

it('ends at once when it is taken back, before or meanwhile', async () => {
  const reason = new Error('taken back')
  await expect(sleep(HOUR_MS, AbortSignal.abort(reason))).rejects.toBe(reason)
  const abort = new AbortController()
  const slept = sleep(HOUR_MS, abort.signal)
  abort.abort(reason)
  await expect(slept).rejects.toBe(reason)
})
