import { ERROR_CODES } from '@mctrack/sdk/protocol'
import type { ReadinessAnswer } from '../api/readiness.ts'
import { formatDuration } from '../format/durations.ts'
import { type Finding, fail, pass, warn } from './finding.ts'

/** `Date` has whole seconds, and the request takes its time. */
const CLOCK_WARN_MS = 5_000
/** The collector refuses senders that are further off. */
const CLOCK_FAIL_MS = 300_000
const SLOW_MS = 2_000

const REMEDIES: Readonly<Record<string, string>> = {
  postgres:
    'Look at the log of the collector and at postgres/postgres.log in the data directory; an external one by its own tools.',
  clickhouse:
    'Look at the log of the collector; the embedded one is started again by itself, an external one by its own tools.',
  redis: 'Look whether Redis runs, and whether MCTRACK_REDIS_URL is right.',
  storage: 'Look at the log of the collector for the reason, and at the free space of the disk.',
  process: 'Wait until it has stopped, and start it again with "mctrack up".',
}

/** What the collector says about what it needs. */
export function checkReadiness({ readiness, tookMs }: ReadinessAnswer): readonly Finding[] {
  const speed =
    tookMs > SLOW_MS
      ? [
          warn(
            'speed',
            `The collector took ${formatDuration(tookMs)} to answer.`,
            'Look at the load of its machine and at the way to it.',
          ),
        ]
      : []
  return [
    ...speed,
    ...readiness.checks.map(({ name, ok, message }) =>
      ok
        ? pass(`ready-${name}`, message)
        : fail(`ready-${name}`, message, REMEDIES[name] ?? 'Look at the log of the collector.'),
    ),
  ]
}

/** Whether this machine and the collector agree on the time. */
export function checkClock({ collectorDateMs, atMs }: ReadinessAnswer): readonly Finding[] {
  if (collectorDateMs === undefined) return []
  // The date was cut to the second, so on average half of one is missing.
  const differenceMs = Math.abs(collectorDateMs + 500 - atMs)
  if (differenceMs < CLOCK_WARN_MS) return [pass('clock', "This machine's clock and the collector's agree.")]
  const message = `This machine's clock and the collector's are ${formatDuration(differenceMs)} apart.`
  const remedy = 'Set both with NTP: timedatectl set-ntp true'
  return [
    differenceMs < CLOCK_FAIL_MS
      ? warn('clock', message, remedy)
      : fail('clock', `${message} ${ERROR_CODES.CLOCK_OFF.sentence}`, remedy),
  ]
}

/** Whether this command and the collector are of one version. */
export function checkVersions(cliVersion: string, collectorVersion: string): Finding {
  if (cliVersion === collectorVersion) return pass('version', `This command and the collector are both ${cliVersion}.`)
  return warn(
    'version',
    `This command is ${cliVersion}, the collector ${collectorVersion}.`,
    'Update the older one; start the collector again after an update.',
  )
}

/** Whether the token travels unreadable by others. */
export function checkTransport(url: string, isLocal: boolean): readonly Finding[] {
  if (isLocal || url.startsWith('https:')) return []
  return [
    warn(
      'transport',
      'The token and all data go to the collector unencrypted.',
      'Put a reverse proxy with TLS before it, and use its https address.',
    ),
  ]
}
