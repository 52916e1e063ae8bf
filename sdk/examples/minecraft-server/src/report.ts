import { getHeapStatistics } from 'node:v8'
import { type ClientStatus, createClient, type EndReason, type Problem } from '@mctrack/sdk'
import type { TickStats } from './ticks.ts'

const GAUGES_EVERY_MS = 10_000

/** Our own events, by name, with what each carries. The SDK checks the calls below against it. */
type Events = {
  crate_opened: { crate: string; keys: number }
  void_fall: { world: string }
  /** The length alone: chat is not stored. */
  chat_message: { length: number }
}

/** Someone who just came in. */
export interface Arrival {
  readonly uuid: string
  readonly name: string
  /** The host name of the handshake, as the client sent it; the SDK cleans it. */
  readonly hostname: string
  /** The player's IP address; MCTrack looks up the country and forgets it. */
  readonly address: string | undefined
  readonly protocolVersion: number
  readonly world: string
}

/** What a player does here, in the server's own words. */
export interface Visit {
  entered(world: string): void
  isAway(away: boolean): void
  chatted(length: number): void
  openedCrate(crate: string, keys: number): void
  fellIntoVoid(world: string): void
  left(reason: EndReason): void
}

export interface ServerHealth extends TickStats {
  readonly players: number
  readonly pingMeanMs: number
}

export interface Report {
  joined(arrival: Arrival): Visit
  /** Reports the gauges from now on. */
  watch(health: () => ServerHealth): void
  /** Ends what is open and waits until it is stored; what cannot be sent now stays in the spool for the next start. */
  close(): Promise<void>
}

export interface ReportOptions {
  readonly key: string
  readonly endpoint: string
  readonly serverName: string
  readonly spoolDirectory?: string
  readonly gaugesEveryMs?: number
  readonly onStatus?: (status: ClientStatus) => void
  readonly onProblem?: (problem: Problem) => void
}

/** Everything that this server tells MCTrack, and the only file that knows the SDK. */
export function createReport(options: ReportOptions): Report {
  const { key, endpoint, serverName, spoolDirectory, gaugesEveryMs = GAUGES_EVERY_MS, onStatus, onProblem } = options
  const mctrack = createClient<Events>({
    key,
    endpoint,
    server: { name: serverName, kind: 'backend' },
    software: { name: 'mctrack-example', version: '0.1.0' },
    ...(spoolDirectory === undefined ? {} : { spool: { directory: spoolDirectory } }),
    ...(onStatus === undefined ? {} : { onStatus }),
    ...(onProblem === undefined ? {} : { onProblem }),
  })
  let timer: NodeJS.Timeout | undefined

  return {
    joined({ uuid, name, hostname, address, protocolVersion, world }) {
      const session = mctrack.join({
        uuid,
        name,
        hostname,
        ...(address === undefined ? {} : { address }),
        platform: 'java',
        protocolVersion,
        backend: world,
      })
      return {
        entered: (next) => session.switchTo(next),
        isAway: (away) => session.setAway(away),
        chatted: (length) => session.track('chat_message', { length }),
        openedCrate: (crate, keys) => session.track('crate_opened', { crate, keys }),
        fellIntoVoid: (from) => session.track('void_fall', { world: from }),
        left: (reason) => session.leave({ reason }),
      }
    },
    watch(health) {
      timer = setInterval(() => {
        const { heapUsed } = process.memoryUsage()
        mctrack.gauges({
          ...health(),
          memoryUsedBytes: heapUsed,
          memoryMaxBytes: getHeapStatistics().heap_size_limit,
        })
      }, gaugesEveryMs)
    },
    async close() {
      clearInterval(timer)
      await mctrack.close()
    },
  }
}
