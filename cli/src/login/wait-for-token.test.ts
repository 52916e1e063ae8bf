import type { ErrorCode } from '@mctrack/sdk/protocol'
import { expect, it } from 'vitest'
import { CliError } from '../cli-error.ts'
import { waitForToken } from './wait-for-token.ts'

/** What the collector answers, one after the other; a text that is no code is the token. */
async function wait(answers: readonly (ErrorCode | 'token')[]) {
  const rest = [...answers]
  const waits: number[] = []
  let nowMs = 0
  const token = await waitForToken(
    { intervalMs: 5_000, expiresAtMs: 600_000 },
    {
      async poll() {
        const answer = rest.shift() ?? 'DEVICE_PENDING'
        if (answer === 'token') return answer
        throw new CliError(answer)
      },
      async sleep(delayMs) {
        waits.push(delayMs / 1_000)
        nowMs += delayMs
      },
      now: () => nowMs,
    },
  ).catch((error: CliError) => error.code)
  return { token, waits }
}

it('asks every five seconds until the token is there', async () => {
  expect(await wait(['DEVICE_PENDING', 'DEVICE_PENDING', 'token'])).toEqual({ token: 'token', waits: [5, 5, 5] })
})

it('asks less often when it is told to, and when nobody answers', async () => {
  expect(await wait(['DEVICE_TOO_FAST', 'DEVICE_PENDING', 'COLLECTOR_UNREACHABLE', 'token'])).toEqual({
    token: 'token',
    waits: [5, 10, 10, 20],
  })
})

it.each<[ErrorCode]>([['DEVICE_DENIED'], ['DEVICE_EXPIRED'], ['DEVICE_CODE_UNKNOWN'], ['INTERNAL']])(
  'ends with %s',
  async (code) => {
    expect(await wait([code])).toEqual({ token: code, waits: [5] })
  },
)

it('gives up when the time is over, whatever the collector says', async () => {
  const { token, waits } = await wait([])
  expect(token).toBe('DEVICE_EXPIRED')
  expect(waits).toHaveLength(120)
  expect((await wait(Array<ErrorCode>(200).fill('COLLECTOR_UNREACHABLE'))).token).toBe('DEVICE_EXPIRED')
})
