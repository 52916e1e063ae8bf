import { LIMITS } from '@mctrack/sdk/protocol'
import type { SessionRecord, Stay } from '../live/index.ts'
import type { IngestEvent, Refusal } from './event.ts'
import { refuse } from './event.ts'

/** Whether a moment is one that an event may have: not long ago, not ahead of the collector's clock. */
export function checkMoment(atMs: number, nowMs: number): Refusal | undefined {
  if (atMs < nowMs - LIMITS.eventAgeMsMax) return refuse('EVENT_TOO_OLD', 'the time lies more than 90 days back')
  if (atMs > nowMs + LIMITS.eventAheadMsMax) return refuse('EVENT_IN_FUTURE', 'the time lies more than 5 minutes ahead')
  return undefined
}

/** Whether `checkMoment` finds nothing wrong. */
export function isMoment(atMs: number, nowMs: number): boolean {
  return atMs >= nowMs - LIMITS.eventAgeMsMax && atMs <= nowMs + LIMITS.eventAheadMsMax
}

/** Whether a span runs forwards and is no longer than a session can be. */
export function checkSpan(startedAtMs: number, endedAtMs: number): Refusal | undefined {
  if (endedAtMs < startedAtMs) return refuse('EVENT_TIMES_REVERSED', 'the end lies before the start')
  if (endedAtMs - startedAtMs > LIMITS.sessionMsMax) return refuse('EVENT_TIMES_REVERSED', 'it lasts more than 31 days')
  return undefined
}

/** Checks the times of a session that is open now. */
export function checkOnline(
  { startedAtMs }: Pick<SessionRecord, 'startedAtMs'>,
  stay: Pick<Stay, 'startedAtMs'> | null,
  nowMs: number,
): Refusal | undefined {
  const latestMs = Math.max(startedAtMs, stay?.startedAtMs ?? 0)
  return checkMoment(latestMs, nowMs) ?? checkSpan(startedAtMs, Math.max(nowMs, latestMs))
}

/** Checks all times of an event against each other and, unless it is replayed, against the clock. */
export function checkTimes(
  event: IngestEvent,
  nowMs: number,
  { isAgeChecked }: { readonly isAgeChecked: boolean },
): Refusal | undefined {
  return (isAgeChecked ? checkMoment(momentOf(event), nowMs) : undefined) ?? checkSpans(event)
}

function momentOf(event: IngestEvent): number {
  switch (event.kind) {
    case 'start':
      return event.record.startedAtMs
    case 'switch':
      return event.begun.startedAtMs
    case 'end':
      return event.endedAtMs
    case 'purchase':
      return event.atMs
  }
}

function checkSpans(event: IngestEvent): Refusal | undefined {
  if (event.kind === 'start' || event.kind === 'purchase') return undefined
  const atMs = momentOf(event)
  return (
    checkSpan(event.record.startedAtMs, atMs) ?? checkSpan(event.ended?.startedAtMs ?? event.record.startedAtMs, atMs)
  )
}
