import { type Client, createClient } from '../node/client.ts'
import { type BreakableLink, openBreakableLink } from './breakable-link.ts'
import { gaugesOf } from './model/gauges.ts'
import { PROXY_NAME, type SimulatedNetwork } from './model/network.ts'
import { mix } from './model/random.ts'
import type { Counter } from './tally.ts'

/** The servers of a simulated network: a proxy that reports the players, and backends that report how they feel. */
export interface SimulatedServers {
  readonly proxy: Client
  /** Connects the backends, and has all servers report gauges from now on. */
  startBackends(): Promise<void>
  /** Players on a backend, for its gauges. */
  move(from: string | undefined, to: string | undefined): void
  /** The backend is gone, or back. */
  crash(backend: string): void
  restart(backend: string): void
  /** @param server 0 is the proxy, the others are backends */
  loseLink(server: number): void
  /** Ends open sessions, sends what waits, and disconnects. Returns how many events nobody took. */
  close(): Promise<{ readonly eventsWaiting: number }>
}

export interface ServersOptions {
  readonly network: SimulatedNetwork
  readonly endpoint: string
  readonly key: string
  readonly hasTroubles: boolean
}

const GAUGES_EVERY_MS = 10_000
const CLOSE_TIMEOUT_MS = 15_000
/** Shorter than the resume window, so that no player leaves the count. */
const LINK_LOSS_MS_MAX = 6_000
/** Simulated events are not worth a disk: they wait in memory, so that nothing is left behind. */
const SPOOL = { directory: false } as const

interface RunningServer {
  readonly client: Client
  readonly link: BreakableLink
}

export async function openServers(
  deps: { readonly counter: Counter; readonly now: () => number; readonly random: () => number },
  { network, endpoint, key, hasTroubles }: ServersOptions,
): Promise<SimulatedServers> {
  const { counter, now, random } = deps
  const players = new Map<string, number>()
  const running = new Map<string, RunningServer>()
  const closing: Array<Promise<unknown>> = []
  const proxy = await connectServer(PROXY_NAME, 'proxy')
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function connectServer(name: string, kind: 'proxy' | 'backend'): Promise<RunningServer> {
    const link = await openBreakableLink(endpoint, { isBreakable: hasTroubles, now })
    const client = createClient({
      key,
      endpoint: link.endpoint,
      server: { name, kind },
      software: kind === 'proxy' ? { name: 'Velocity', version: '3.4.0' } : { name: 'Paper', version: '1.21.11' },
      spool: SPOOL,
      onProblem: counter.problem,
    })
    const server = { client, link }
    running.set(name, server)
    return server
  }

  async function close({ client, link }: RunningServer): Promise<{ readonly pendingEvents: number }> {
    // Who was refused need not wait for what will never be taken.
    const timeoutMs = client.status().link === 'refused' ? 0 : CLOSE_TIMEOUT_MS
    return client.close({ timeoutMs }).finally(link.close)
  }

  function disconnect(name: string): void {
    const server = running.get(name)
    if (server === undefined) return
    running.delete(name)
    closing.push(close(server))
  }

  function reportGauges(): void {
    const atMs = now()
    proxy.client.gauges(
      gaugesOf({ kind: 'proxy', seed: network.seed, players: proxy.client.status().openSessions, atMs }),
    )
    for (const [place, { name }] of network.backends.entries()) {
      const seed = mix(network.seed, place + 1)
      running.get(name)?.client.gauges(gaugesOf({ kind: 'backend', seed, players: players.get(name) ?? 0, atMs }))
    }
  }

  async function start(name: string): Promise<void> {
    if (!isClosed && !running.has(name)) await connectServer(name, 'backend')
  }

  return {
    proxy: proxy.client,
    async startBackends() {
      await Promise.all(network.backends.map(({ name }) => start(name)))
      timer = setInterval(reportGauges, GAUGES_EVERY_MS)
    },
    move(from, to) {
      if (from !== undefined) players.set(from, (players.get(from) ?? 0) - 1)
      if (to !== undefined) players.set(to, (players.get(to) ?? 0) + 1)
    },
    crash(backend) {
      if (hasTroubles) disconnect(backend)
    },
    restart(backend) {
      if (hasTroubles) closing.push(start(backend))
    },
    loseLink(server) {
      const name = server === 0 ? PROXY_NAME : network.backends[server - 1]?.name
      running.get(name ?? '')?.link.breakFor(LINK_LOSS_MS_MAX * random())
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      for (const name of Array.from(running.keys())) if (name !== PROXY_NAME) disconnect(name)
      const { pendingEvents } = await close(proxy)
      await Promise.all(closing)
      return { eventsWaiting: pendingEvents }
    },
  }
}
