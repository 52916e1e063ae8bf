import { randomBytes } from 'node:crypto'
import type { Input, SessionRef } from '../core/index.ts'
import {
  createUuidV7,
  END_REASONS,
  formatUuid,
  type Id,
  LIMITS,
  type Properties,
  parseUuid,
} from '../protocol/index.ts'
import {
  checkEvent,
  checkHistory,
  checkJoin,
  checkPurchase,
  checkText,
  checkTimes,
  cleanGauges,
  type Invalid,
} from './check.ts'
import { checkOptions, cleanSoftware } from './check-options.ts'
import { createDriver, type Driver } from './driver.ts'
import { createNewsDesk } from './news-desk.ts'
import { openClientSpool } from './open-spool.ts'
import type {
  ClientOptions,
  ClientStatus,
  EventMap,
  Outgoing,
  PlayerHistory,
  PlayerJoin,
  Purchase,
  ServerGauges,
} from './options.ts'
import type { Session } from './session.ts'
import { createSpool } from './spool.ts'
import { createSteadyClock } from './steady-clock.ts'
import { SDK_NAME, SDK_VERSION } from './version.ts'
import { createWsTransport } from './ws-transport.ts'

const SPOOL_BYTES_DEFAULT = 64 * 1024 * 1024
const CLOSE_TIMEOUT_MS_DEFAULT = 5_000
const FLUSH_TIMEOUT_MS_DEFAULT = 10_000

/** A connected server. No method blocks, and none throws while the server runs. */
export interface Client<Events extends EventMap = EventMap> {
  /** A player joined. */
  join(player: PlayerJoin): Session<Events>
  /** Something happened that belongs to no player, or to one without an open session. */
  track<Name extends keyof Events & string>(
    name: Name,
    properties?: Events[Name],
    options?: { readonly atMs?: number },
  ): void
  /** Adds a session that is over already: history from before MCTrack, or a simulation of it. */
  addHistory(player: PlayerHistory<Events>): void
  /** How the server is right now; the newest report wins, none is kept. Every 10 to 60 seconds is enough. */
  gauges(gauges: ServerGauges): void
  status(): ClientStatus
  /** Waits until everything that was reported so far is stored, or the time is over. Returns how many events still wait. */
  flush(options?: { readonly timeoutMs?: number }): Promise<{ readonly pendingEvents: number }>
  /**
   * Ends the open sessions, waits for what can be stored within the time (default: 5 s), and disconnects. Returns how
   * many events are left in the spool; the next start on the same spool sends them.
   */
  close(options?: { readonly timeoutMs?: number }): Promise<{ readonly pendingEvents: number }>
}

/**
 * Connects a server to MCTrack. Returns at once and never throws later: whatever goes wrong is told to `onProblem` and
 * `onStatus`, and events wait in the spool.
 *
 * @example
 * const mctrack = createClient({ key: process.env.MCTRACK_KEY ?? '', endpoint: 'wss://mctrack.example', server: { name: 'proxy-1', kind: 'proxy' } })
 * const session = mctrack.join({ uuid, name, hostname: 'play.example.net', address, protocolVersion: 774 })
 *
 * @throws TypeError when the options themselves are wrong: that is a mistake in the program, seen at its first start
 */
export function createClient<Events extends EventMap = EventMap>(options: ClientOptions): Client<Events> {
  const url = checkOptions(options)
  const { server, enabled = true } = options
  const instance = createId()
  const now = createSteadyClock(Date.now, () => performance.now())
  const desk = createNewsDesk(options, status)
  const files = enabled
    ? openClientSpool(options, url, (error) =>
        desk.problem('SPOOL_FAILED', `the spool on disk failed: ${String(error)}`),
      )
    : undefined
  let nextRef = 1
  let closed = !enabled
  let closing: Promise<{ readonly pendingEvents: number }> | undefined

  const driver: Driver = createDriver({
    identity: {
      instance,
      startedAtMs: now(),
      server,
      software: cleanSoftware(options.software ?? { name: 'node', version: process.versions.node }),
      sdk: { name: SDK_NAME, version: SDK_VERSION },
    },
    spool: createSpool(files, options.spool?.bytesMax ?? SPOOL_BYTES_DEFAULT),
    transport:
      options.transport ?? createWsTransport({ url, key: options.key, userAgent: `${SDK_NAME}/${SDK_VERSION}` }),
    now,
    random: Math.random,
    loadNote: () => files?.readNote(),
    saveNote: (note) => files?.writeNote(note),
    // People and programs compare this with the wall clock.
    onNews: (news) =>
      desk.tell(
        news.kind === 'link' && news.retryAtMs !== null
          ? { ...news, retryAtMs: news.retryAtMs + Date.now() - now() }
          : news,
      ),
  })

  function status(): ClientStatus {
    const { events, bytes } = driver.spoolStats()
    const { sessions, clockOffsetMs } = driver.state()
    return { ...desk.status(), openSessions: sessions, pendingEvents: events, pendingBytes: bytes, clockOffsetMs }
  }

  /** Runs `beforeSend`; a hook that fails drops the event, because it may exist to hide something. */
  function filter<Kind extends Outgoing['kind']>(
    outgoing: Extract<Outgoing, { kind: Kind }>,
  ): Extract<Outgoing, { kind: Kind }> | undefined {
    if (closed) {
      if (enabled) desk.problem('CLOSED', 'the client is closed; the event was not taken')
      return undefined
    }
    if (options.beforeSend === undefined) return outgoing
    try {
      const result = options.beforeSend(outgoing)
      if (result === null) return undefined
      if (result?.kind === outgoing.kind) return result as Extract<Outgoing, { kind: Kind }>
      desk.problem('HOOK_FAILED', 'beforeSend must return what it was given, changed or not, or null')
    } catch (error) {
      desk.problem('HOOK_FAILED', `beforeSend failed, so the event was dropped: ${String(error)}`)
    }
    return undefined
  }

  function refuse({ message }: Invalid): void {
    desk.problem('INPUT_INVALID', message)
  }

  function step(input: Input): void {
    if (!closed) driver.step(input)
  }

  /** What may be sent of an event; undefined, and said where it is a mistake, when nothing may. */
  function prepareEvent<AtMs extends number | null>(past: {
    readonly name: string
    readonly properties?: Properties
    readonly atMs: AtMs
    readonly eventId?: string
  }) {
    const outgoing = filter<'track'>({ kind: 'track', name: past?.name, properties: past?.properties ?? {} })
    if (outgoing === undefined) return undefined
    const { name, properties } = outgoing
    const wrong = checkEvent(name, properties) ?? checkTimes('track', { atMs: past.atMs === null ? 0 : past.atMs })
    if (wrong !== undefined) return refuse(wrong)
    const eventId = takeId('track: eventId', past.eventId)
    return eventId === undefined ? undefined : { eventId, name, properties, atMs: past.atMs }
  }

  /** The id that was given, or a new one; undefined, and said, when that is none. */
  function takeId(what: string, given: string | undefined): Id | undefined {
    const id = given === undefined ? createId() : typeof given === 'string' ? parseUuid(given) : undefined
    if (id === undefined) refuse({ kind: 'invalid', message: `${what} must be a UUID` })
    return id
  }

  function preparePurchase(bought: Purchase & { readonly eventId?: string }) {
    const outgoing = filter<'purchase'>({ kind: 'purchase', purchase: bought })
    if (outgoing === undefined) return undefined
    const wrong = checkPurchase(outgoing.purchase)
    if (wrong !== undefined) return refuse(wrong)
    const eventId = takeId('purchase: eventId', bought?.eventId)
    if (eventId === undefined) return undefined
    const { store, transactionId, product, amountMinor, currency } = outgoing.purchase
    return { eventId, store, transactionId, product, amountMinor, currency }
  }

  function preparePastPurchase(bought: Purchase & { readonly atMs: number; readonly eventId?: string }) {
    const wrong = checkTimes('purchase', { atMs: bought?.atMs })
    if (wrong !== undefined) return refuse(wrong)
    const purchase = preparePurchase(bought)
    return purchase === undefined ? undefined : { ...purchase, atMs: bought.atMs }
  }

  function trackFor(ref: SessionRef | null, name: string, properties: Properties, atMs: number | null): void {
    const event = prepareEvent({ name, properties, atMs })
    if (event !== undefined) step({ kind: 'track', nowMs: now(), ref, ...event })
  }

  function createSession(ref: SessionRef, id: string): Session<Events> {
    return {
      id,
      switchTo(backend) {
        const wrong = checkText('switchTo: backend', backend, LIMITS.backendBytesMax)
        if (wrong !== undefined) return refuse(wrong)
        step({ kind: 'switch', nowMs: now(), ref, backend })
      },
      track: (name, properties) => trackFor(ref, name, properties ?? {}, null),
      setAway(away) {
        step({ kind: 'away', nowMs: now(), ref, away: away === true, eventId: createId() })
      },
      purchase(details) {
        const purchase = preparePurchase(details)
        if (purchase !== undefined) step({ kind: 'purchase', nowMs: now(), ref, ...purchase })
      },
      leave(details) {
        const reason = END_REASONS.find((known) => known === details?.reason) ?? 'quit'
        step({ kind: 'leave', nowMs: now(), ref, reason, eventId: createId() })
      },
    }
  }

  function prepareJoin(player: PlayerJoin, sessionId = createId()): ReturnType<typeof checkJoin> | undefined {
    const outgoing = filter<'join'>({ kind: 'join', join: player })
    if (outgoing === undefined) return undefined
    const backend = outgoing.join?.backend ?? (server.kind === 'backend' ? server.name : '')
    return checkJoin({ ...outgoing.join, backend }, sessionId)
  }

  async function drain(timeoutMs: number): Promise<{ readonly pendingEvents: number }> {
    if (!driver.state().drained) {
      await new Promise<void>((done) => {
        const timer = setTimeout(finish, timeoutMs)
        const forget = desk.onDrained(finish)
        function finish(): void {
          clearTimeout(timer)
          forget()
          done()
        }
      })
    }
    return { pendingEvents: driver.spoolStats().events }
  }

  async function end(timeoutMs: number): Promise<{ readonly pendingEvents: number }> {
    if (!enabled) return { pendingEvents: 0 }
    const eventIds = Array.from({ length: driver.state().sessions }, createId)
    step({ kind: 'close', nowMs: now(), eventIds })
    closed = true
    const left = await drain(timeoutMs)
    driver.stop()
    return left
  }

  if (enabled) driver.start()

  return {
    join(player) {
      const details = prepareJoin(player)
      if (details === undefined) return createSession(0, '')
      if (details.kind === 'invalid') {
        refuse(details)
        return createSession(0, '')
      }
      const ref = nextRef++
      step({ kind: 'join', nowMs: now(), ref, details })
      return createSession(ref, formatUuid(details.sessionId))
    },
    track: (name, properties, at) => trackFor(null, name, properties ?? {}, at?.atMs ?? null),
    addHistory(player) {
      const sessionId = takeId('addHistory: sessionId', player?.sessionId)
      if (sessionId === undefined) return
      const details = prepareJoin(player, sessionId)
      if (details === undefined) return
      if (details.kind === 'invalid') return refuse(details)
      const wrong = checkHistory(player)
      if (wrong !== undefined) return refuse(wrong)
      const { startedAtMs, endedAtMs, reason = 'quit', afkMs = 0, switches = [] } = player
      const events = (player.events ?? []).map(prepareEvent<number>).filter((event) => event !== undefined)
      const purchases = (player.purchases ?? []).map(preparePastPurchase).filter((bought) => bought !== undefined)
      step({
        kind: 'finished',
        nowMs: now(),
        session: { ...details, startedAtMs, endedAtMs, reason, afkMs, switches, events, purchases },
      })
    },
    gauges(gauges) {
      const { bytes, events } = driver.spoolStats()
      step({
        kind: 'gauges',
        nowMs: now(),
        gauges: {
          ...cleanGauges({ ...gauges, players: gauges?.players ?? driver.state().sessions }),
          spoolBytes: bytes,
          spoolEvents: events,
        },
      })
    },
    status,
    async flush({ timeoutMs = FLUSH_TIMEOUT_MS_DEFAULT } = {}) {
      step({ kind: 'flush', nowMs: now() })
      return drain(closed ? 0 : timeoutMs)
    },
    close({ timeoutMs = CLOSE_TIMEOUT_MS_DEFAULT } = {}) {
      closing ??= end(timeoutMs)
      return closing
    },
  }
}

/** Randomness for many ids at once: asking for it costs far more than an id does. */
let pool = randomBytes(0)

function createId(): Id {
  if (pool.length < 10) pool = randomBytes(4_000)
  const random = pool.subarray(0, 10)
  pool = pool.subarray(10)
  return createUuidV7(Date.now(), random)
}
