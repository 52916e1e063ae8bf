import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Session } from '../node/session.ts'
import type { Happening } from './model/happenings.ts'
import type { Visit } from './model/visit.ts'
import { type Pace, waitMs } from './pace.ts'
import { relievePressure, sleep, throwIfRefused } from './pressure.ts'
import type { SimulatedServers } from './servers.ts'
import type { Counter } from './tally.ts'

/** Happenings that are played before the event loop gets a turn to send them. */
const HAPPENINGS_A_TURN = 200
/** Looks at the link this often at least. */
const SLEEP_MS_MAX = 250

/** A visit that lasts. */
interface OpenVisit {
  readonly session: Session
  backend: string
  isAway: boolean
}

/**
 * Plays what happens on the network, at the pace that was asked for but never faster than the collector takes it,
 * until the signal aborts. Sessions that are open then stay open: they end with the proxy.
 *
 * @throws SimulatorError when the collector refuses the key
 */
export async function playLive(
  deps: {
    readonly servers: SimulatedServers
    readonly counter: Counter
    /** Real time. */
    readonly now: () => number
    readonly signal: AbortSignal
    /** Told once everybody has joined who is on the network at the beginning. */
    readonly onStarted: () => void
  },
  options: { readonly pace: Pace; readonly happenings: Iterator<Happening>; readonly fromMs: number },
): Promise<void> {
  const { servers, counter, now, signal } = deps
  const { proxy } = servers
  const open = new Map<Visit, OpenVisit>()
  const startedAtMs = now()
  const eventsBefore = counter.eventsSent()
  let sinceTurn = 0
  let isStarted = false

  for (let next = options.happenings.next(); next.done !== true; next = options.happenings.next()) {
    const happening = next.value
    if (!isStarted && happening.atMs > options.fromMs) {
      isStarted = true
      deps.onStarted()
    }
    for (;;) {
      const delayMs = waitMs(options.pace, {
        simulatedMs: happening.atMs - options.fromMs,
        elapsedMs: now() - startedAtMs,
        events: counter.eventsSent() - eventsBefore,
      })
      if (delayMs <= 0) break
      throwIfRefused(proxy)
      await sleep(Math.min(delayMs, SLEEP_MS_MAX), signal)
      sinceTurn = 0
      if (signal.aborted) break
    }
    if (sinceTurn >= HAPPENINGS_A_TURN) {
      sinceTurn = 0
      await nextTurn()
      await relievePressure(proxy, signal)
    }
    if (signal.aborted) break
    play(happening)
    sinceTurn += 1
  }
  // What ends with the proxy is counted here, because the SDK reports it.
  for (const { isAway } of open.values()) counter.events(isAway ? 2 : 1)
  for (let left = open.size; left > 0; left--) counter.online(-1)

  function play(happening: Happening): void {
    switch (happening.kind) {
      case 'join':
        return join(happening.visit, happening.backend)
      case 'backend-down':
        return servers.crash(happening.backend)
      case 'backend-up':
        return servers.restart(happening.backend)
      case 'link-loss':
        return servers.loseLink(happening.server)
      default: {
        const visit = open.get(happening.visit)
        if (visit !== undefined) playStep(happening, visit)
      }
    }
  }

  function join(visit: Visit, backend: string): void {
    const { uuid, name, address, platform, device, protocolVersion, clientVersion } = visit.player
    const hostname = visit.domain
    const session = proxy.join({
      uuid,
      name,
      hostname,
      address,
      platform,
      device,
      protocolVersion,
      clientVersion,
      backend,
    })
    open.set(visit, { session, backend, isAway: false })
    servers.move(undefined, backend)
    counter.session()
    counter.online(1)
    counter.events(1)
  }

  function playStep(
    happening: Extract<Happening, { kind: 'switch' | 'away' | 'track' | 'purchase' | 'leave' }>,
    visit: OpenVisit,
  ): void {
    switch (happening.kind) {
      case 'switch':
        visit.session.switchTo(happening.backend)
        servers.move(visit.backend, happening.backend)
        visit.backend = happening.backend
        return counter.events(1)
      case 'away':
        visit.session.setAway(happening.isAway)
        // The SDK tells of a span once it is over.
        if (visit.isAway && !happening.isAway) counter.events(1)
        visit.isAway = happening.isAway
        return
      case 'track':
        visit.session.track(happening.deed.name, happening.deed.properties)
        return counter.events(1)
      case 'purchase':
        visit.session.purchase(happening.purchase)
        return counter.events(1)
      case 'leave':
        visit.session.leave({ reason: happening.reason })
        open.delete(happening.visit)
        servers.move(visit.backend, undefined)
        counter.online(-1)
        return counter.events(visit.isAway ? 2 : 1)
    }
  }
}
