import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApi, createAsk, readAnswer } from '../api/client.ts'
import type { CollectorPlace } from '../api/find-collector.ts'
import type { Output } from '../output.ts'
import { waitForToken } from './wait-for-token.ts'

/** As long as the collector takes. */
const NAME_CHARS_MAX = 64

/**
 * Shows a code that somebody approves in a browser, and waits for that.
 *
 * @returns the token's secret
 * @throws CliError DEVICE_DENIED or DEVICE_EXPIRED
 */
export async function getToken(place: CollectorPlace, output: Output, now: () => number): Promise<string> {
  // Whoever logs in is nobody yet, whatever token this machine has.
  const nobody: CollectorPlace = { ...place, token: undefined }
  const { device } = createApi(nobody, createAsk(nobody))
  const name = `mctrack on ${hostname()}`.replace(/\p{C}/gu, '').slice(0, NAME_CHARS_MAX)
  const { deviceCode, ...shown } = await readAnswer(device.code.$post({ json: { name } }), { isForPeople: true })
  if (output.isJson) output.record(shown)
  else {
    output.lines(
      '',
      `  Open in a browser  ${output.palette.strong(shown.verificationUrl)}`,
      `  and type the code  ${output.palette.strong(shown.userCode)}`,
      '',
    )
    output.note('Approve it only where you see this very code. Waiting; Ctrl-C gives up.')
  }
  const pace = { intervalMs: shown.intervalSeconds * 1_000, expiresAtMs: now() + shown.expiresInSeconds * 1_000 }
  const { token } = await waitForToken(pace, {
    poll: async () => (await device.token.$post({ json: { deviceCode } })).json(),
    sleep: (delayMs) => sleep(delayMs),
    now,
  })
  return token
}
