import type { ApiKey, DeadLetter, IngestHealth, Network, Server } from '../api/types.ts'
import { formatAge, formatDuration } from '../format/durations.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'
import { type Finding, fail, pass, warn } from './finding.ts'

/** Rows wait a second or so before they are stored. */
const LAG_WARN_MS = 15_000
const SERVER_CLOCK_WARN_MS = 30_000
/** Names in one sentence. */
const NAMES_MAX = 5

/** What is known of the network that is looked at. */
export interface NetworkFacts {
  readonly network: Network
  readonly keys: readonly ApiKey[]
  readonly servers: readonly Server[]
  readonly ingest: IngestHealth
  /** Kept dead letters, the newest first; undefined when the database did not answer. */
  readonly deadLetters: readonly DeadLetter[] | undefined
}

/** Looks at whether data comes in, and whether it stays. */
export function checkNetwork(facts: NetworkFacts, nowMs: number): readonly Finding[] {
  return [
    pass('network', `The network ${facts.network.name} is looked at.`),
    checkKeys(facts.keys),
    checkServers(facts.servers, nowMs),
    ...checkServerClocks(facts.servers),
    ...checkSpools(facts.ingest),
    checkRefusals(facts.ingest),
    ...checkDeadLetters(facts.deadLetters, nowMs),
    checkStorage(facts.ingest),
  ]
}

function checkKeys(keys: readonly ApiKey[]): Finding {
  const valid = keys.filter(({ revokedAtMs }) => revokedAtMs === null)
  if (valid.length > 0) return pass('key', `${formatCountOf(valid.length, 'API key')} can be used.`)
  return warn('key', 'The network has no API key, so no server can report.', 'Create one: mctrack keys create')
}

function checkServers(servers: readonly Server[], nowMs: number): Finding {
  if (servers.length === 0) {
    return warn(
      'server',
      'No server has reported yet.',
      'Give a server the SDK, the key and the address of this collector, or let "mctrack simulate" play one.',
    )
  }
  const silent = servers.filter(({ state }) => state === 'silent' || state === 'resuming')
  const left = servers.filter(({ state }) => state === 'left')
  const reporting = servers.length - silent.length - left.length
  const nameWithAge = ({ name, lastSeenAtMs }: Server) => `${name} (${formatAge(lastSeenAtMs, nowMs)})`
  if (silent.length === 0) {
    const now = reporting === 0 ? 'No server reports now' : formatCountOf(reporting, 'server reports', 'servers report')
    if (left.length === 0) return pass('server', `${now}.`)
    const separator = reporting === 0 ? ':' : ';'
    const accord = left.length === 1 ? 'its own accord' : 'their own accord'
    return pass('server', `${now}${separator} ${listNames(left.map(nameWithAge))} left of ${accord}.`)
  }
  const names = listNames(silent.map(nameWithAge))
  return warn(
    'server',
    reporting === 0
      ? `No server reports now: ${names}.`
      : `${formatCountOf(reporting, 'server reports', 'servers report')}, but not ${names}.`,
    'Look whether they run, and at what they say in their console.',
  )
}

function checkServerClocks(servers: readonly Server[]): readonly Finding[] {
  const off = servers.filter(
    ({ clockOffsetMs, state }) =>
      state !== 'silent' && state !== 'left' && Math.abs(clockOffsetMs) > SERVER_CLOCK_WARN_MS,
  )
  if (off.length === 0) return []
  const names = listNames(off.map(({ name, clockOffsetMs }) => `${name} (${formatDuration(Math.abs(clockOffsetMs))})`))
  return [
    warn(
      'server-clock',
      `Clocks of servers are off: ${names}.`,
      'Set them with NTP. Until then their times are corrected.',
    ),
  ]
}

function checkSpools({ servers }: IngestHealth): readonly Finding[] {
  const dropping = servers.filter(({ droppedEvents }) => (droppedEvents ?? 0) > 0)
  if (dropping.length === 0) return []
  const names = listNames(
    dropping.map(({ server, droppedEvents }) => `${server} (${formatCountOf(droppedEvents ?? 0, 'event')})`),
  )
  return [
    warn(
      'spool',
      `Servers gave events up because their spool was full: ${names}.`,
      'Give the spool more room, or look why the collector was away for so long.',
    ),
  ]
}

function checkRefusals({ refused, accepted }: IngestHealth): Finding {
  const total = refused.reduce((sum, { events }) => sum + events, 0)
  if (total === 0)
    return pass('refusals', `Nothing was refused since the collector started; ${formatCount(accepted)} accepted.`)
  const [worst] = [...refused].sort((a, b) => b.events - a.events)
  return warn(
    'refusals',
    `${formatCount(total)} refused since the collector started, most of them with ${worst?.code}: ${worst?.message}`,
    'See all reasons: mctrack ingest health. See what was sent: mctrack dead-letters list',
  )
}

function checkDeadLetters(letters: readonly DeadLetter[] | undefined, nowMs: number): readonly Finding[] {
  const [newest] = letters ?? []
  if (letters === undefined) return []
  if (newest === undefined) return [pass('dead-letters', 'No dead letter waits for a decision.')]
  return [
    warn(
      'dead-letters',
      `Dead letters wait for a decision, the newest from ${formatAge(newest.receivedAtMs, nowMs)} (${newest.code}).`,
      'Mend the cause, then: mctrack dead-letters replay --all, or discard --all',
    ),
  ]
}

function checkStorage({ storage, lagMs, waiting }: IngestHealth): Finding {
  const rows = waiting.reduce((sum, table) => sum + table.rows, 0)
  if (storage === 'failing') {
    return fail(
      'storage',
      `ClickHouse does not take what it is given; ${formatCountOf(rows, 'row')} wait.`,
      'Look at the log of the collector for the reason, and at the free space of the disk.',
    )
  }
  if (lagMs > LAG_WARN_MS) {
    return warn(
      'storage',
      `The oldest of ${formatCountOf(rows, 'row')} waits for ${formatDuration(lagMs)} to be stored.`,
      'ClickHouse is slow: look at its load and its disk.',
    )
  }
  return pass('storage', 'What arrives is stored at once.')
}

function listNames(names: readonly string[]): string {
  const rest = names.length - NAMES_MAX
  return rest > 0 ? `${names.slice(0, NAMES_MAX).join(', ')} and ${rest} more` : names.join(', ')
}
