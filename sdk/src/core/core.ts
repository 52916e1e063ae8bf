import { type CustomEvent, EVENT, FRAME, LANE, type Lane, type WireEvent } from '../protocol/index.ts'
import { createClock } from './clock.ts'
import { createLink, type Identity } from './link.ts'
import type { Gauges, Input, LinkState, Output } from './messages.ts'
import { createSessions } from './sessions.ts'
import { createStreams } from './streams.ts'

export interface Core {
  /** Takes what happened and says what to do about it, in order. */
  step(input: Input): readonly Output[]
  state(): {
    readonly link: LinkState
    readonly sessions: number
    readonly drained: boolean
    readonly clockOffsetMs: number
  }
}

/**
 * The part of the SDK that decides: sessions, numbering, batching, back-off, resume, clock. It does no I/O, reads no
 * clock and no randomness, so that the same inputs always give the same outputs, on any JavaScript engine.
 *
 * Its language is kept to what can be lowered for old engines: no classes, no async, no spread in calls.
 */
export function createCore(identity: Identity): Core {
  let outputs: Output[] = []
  const emit = (output: Output): void => {
    outputs.push(output)
  }
  const streams = createStreams(identity.instance, emit)
  let clock = createClock(0)
  let appendNowMs = 0
  /** Whether the collector has said what time it is; what was stamped before may be off by any time. */
  let isTimeKnown = false
  let isProvisionalKept = false
  const sessions = createSessions(append)
  const link = createLink({
    identity,
    clock: {
      correct: (nowMs) => clock.correct(nowMs),
      offsetMs: () => clock.offsetMs(),
      learn(options) {
        const before = clock.offsetMs()
        const learned = clock.learn(options)
        settleTimes(clock.offsetMs() - before)
        return learned
      },
    },
    sessions,
    streams,
    emit,
  })
  let hurry = false
  let closing = false
  let drained = true
  let dropped = 0

  /** Events with times of the caller's own are exact from the start. */
  function append(lane: Lane, event: WireEvent, times: 'stamped' | 'exact'): void {
    const provisional = times === 'stamped' && !isTimeKnown
    isProvisionalKept = isProvisionalKept || provisional
    streams.append(lane, event, appendNowMs, provisional)
  }

  function settleTimes(byMs: number): void {
    if (isTimeKnown) return
    isTimeKnown = true
    sessions.shift(byMs)
    if (isProvisionalKept) emit({ kind: 'settle', byMs })
  }

  function handle(input: Input): void {
    switch (input.kind) {
      case 'start':
        clock = createClock(input.clockOffsetMs)
        streams.addLeftovers(input.leftovers)
        isProvisionalKept = input.leftovers.length > 0
        return link.start(input.leftoversNetwork)
      case 'join':
        return sessions.join(clock.correct(input.nowMs), input.ref, input.details)
      case 'switch':
        return sessions.switchTo(clock.correct(input.nowMs), input.ref, input.backend)
      case 'away':
        return sessions.setAway(clock.correct(input.nowMs), input.ref, input.away, input.eventId)
      case 'leave':
        return sessions.leave(clock.correct(input.nowMs), input.ref, input.reason, input.eventId)
      case 'finished':
        return sessions.addFinished(input.session)
      case 'track':
        return track(input)
      case 'purchase':
        return purchase(input)
      case 'gauges':
        return sendGauges(input.nowMs, input.gauges)
      case 'opened':
        return link.opened(input.nowMs)
      case 'heard':
        return link.heard(input.nowMs)
      case 'frame':
        return link.frame(input.nowMs, input.frame)
      case 'closed':
        return link.closed(input)
      case 'sent':
        return streams.sent(input.stream, input.through, input.bytes, input.nowMs)
      case 'dropped':
        dropped += input.events
        return streams.dropped(input.stream, input.through)
      case 'tick':
        return
      case 'flush':
        hurry = true
        return
      case 'close':
        closing = true
        hurry = true
        return sessions.refs().forEach((ref, place) => {
          const eventId = input.eventIds[place]
          if (eventId !== undefined) sessions.leave(clock.correct(input.nowMs), ref, 'shutdown', eventId)
        })
      case 'stop':
        return link.stop()
    }
  }

  function track({ nowMs, eventId, ref, name, properties, atMs }: Extract<Input, { kind: 'track' }>): void {
    const { sessionId, player } = sessions.identify(ref)
    const at = atMs ?? clock.correct(nowMs)
    const event: CustomEvent = [EVENT.custom, eventId, at, sessionId, player, name, properties]
    append(LANE.telemetry, event, atMs === null ? 'stamped' : 'exact')
  }

  function purchase(input: Extract<Input, { kind: 'purchase' }>): void {
    const { sessionId, player } = sessions.identify(input.ref)
    if (player === null) return
    const { nowMs, eventId, store, transactionId, product, amountMinor, currency } = input
    const at = clock.correct(nowMs)
    append(
      LANE.sessions,
      [EVENT.purchase, eventId, at, sessionId, player, store, transactionId, product, amountMinor, currency],
      'stamped',
    )
  }

  function sendGauges(nowMs: number, gauges: Gauges): void {
    if (link.state() !== 'streaming') return
    emit({
      kind: 'frame',
      frame: [
        FRAME.gauges,
        clock.correct(nowMs),
        gauges.players,
        gauges.tps,
        gauges.msptMean,
        gauges.msptP95,
        gauges.memoryUsedBytes,
        gauges.memoryMaxBytes,
        gauges.pingMeanMs,
        gauges.spoolBytes,
        gauges.spoolEvents,
        dropped,
      ],
    })
  }

  /** What follows from any input: batches that may go, timers, and the news that nothing waits. */
  function settle(nowMs: number): void {
    const linkWake = link.tick(nowMs)
    const pumpWake = link.state() === 'streaming' ? streams.pump(nowMs, hurry) : null
    const isDrained = streams.isDrained()
    if (isDrained && !drained) {
      hurry = closing
      emit({ kind: 'drained' })
    }
    drained = isDrained
    if (linkWake !== null && (pumpWake === null || linkWake < pumpWake)) emit({ kind: 'wake', atMs: linkWake })
    else if (pumpWake !== null) emit({ kind: 'wake', atMs: pumpWake })
  }

  return {
    step(input) {
      const mine: Output[] = []
      outputs = mine
      appendNowMs = input.nowMs
      handle(input)
      settle(input.nowMs)
      return mine
    },
    state: () => ({
      link: link.state(),
      sessions: sessions.count(),
      drained: streams.isDrained(),
      clockOffsetMs: clock.offsetMs(),
    }),
  }
}
