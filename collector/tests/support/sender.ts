/**
 * A process that reports through the SDK until it is done or killed. Four numbered events a player: join, switch, an
 * event of its own, leave; every tenth player stays. Before each it writes the number down.
 */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type Session } from '@mctrack/sdk'

interface SenderOptions {
  readonly endpoint: string
  readonly key: string
  readonly directory: string
  readonly from: number
  readonly to: number
}

const { endpoint, key, directory, from, to } = JSON.parse(process.argv[2] ?? '{}') as SenderOptions
const client = createClient({
  key,
  endpoint,
  server: { name: 'proxy-1', kind: 'proxy' },
  spool: { directory: join(directory, 'spool') },
})
let session: Session | undefined

for (let number = from; number <= to; number++) {
  const player = Math.ceil(number / 4)
  const uuid = `00000000-0000-4000-8000-${player.toString(16).padStart(12, '0')}`
  const step = (number - 1) % 4
  if (step === 0) session = client.join({ uuid, name: `Player${player}` })
  else if (step === 1) session?.switchTo('survival')
  else if (step === 2) session?.track('numbered', { number })
  else if (player % 10 !== 0) session?.leave({ reason: 'quit' })
  // The spool has it once this turn is over; only then it counts as reported.
  await Promise.resolve()
  appendFileSync(join(directory, 'reported'), `${number}\n`)
  if (number % 4 === 0) await sleep(2)
}
await client.flush({ timeoutMs: 60_000 })
process.send?.('done')
setInterval(() => undefined, 1_000)
