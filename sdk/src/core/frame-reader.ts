import {
  type AckFrame,
  type CollectorFrame,
  type CommandFrame,
  FRAME,
  type GoodbyeFrame,
  LANES,
  type Lane,
  type RejectFrame,
  type SlowFrame,
  type WelcomeFrame,
} from '../protocol/index.ts'

/**
 * Checks a decoded frame from the collector.
 *
 * @returns the frame; 'unknown' for a type that this client is too old for; undefined for one that breaks the protocol
 */
export function readCollectorFrame(value: unknown): CollectorFrame | 'unknown' | undefined {
  if (!Array.isArray(value)) return undefined
  switch (value[0]) {
    case FRAME.welcome:
      return isWelcome(value) ? value : undefined
    case FRAME.ack:
      return isAck(value) ? value : undefined
    case FRAME.reject:
      return isReject(value) ? value : undefined
    case FRAME.slow:
      return isSlow(value) ? value : undefined
    case FRAME.command:
      return isCommand(value) ? value : undefined
    case FRAME.goodbye:
      return isGoodbye(value) ? value : undefined
    default:
      return typeof value[0] === 'number' ? 'unknown' : undefined
  }
}

type Fields = readonly unknown[]

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isId(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 16
}

function isLane(value: unknown): value is Lane {
  return LANES.some((lane) => lane === value)
}

function isListOf(value: unknown, length: number, check: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= length && value.slice(0, length).every(check)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isWelcome(value: unknown): value is WelcomeFrame {
  const [, version, nowMs, resumed, collector, heartbeatMs, resumeWindowMs, limits, lanes, network] = value as Fields
  return (
    isCount(version) &&
    isCount(nowMs) &&
    typeof resumed === 'boolean' &&
    isListOf(collector, 2, isText) &&
    isCount(heartbeatMs) &&
    isCount(resumeWindowMs) &&
    isListOf(limits, 3, isCount) &&
    isListOf(lanes, 2, (lane) => isListOf(lane, 2, isCount)) &&
    Array.isArray(network) &&
    isId(network[0]) &&
    isText(network[1])
  )
}

function isAck(value: unknown): value is AckFrame {
  const [, instance, lane, through] = value as Fields
  return isId(instance) && isLane(lane) && isCount(through)
}

function isReject(value: unknown): value is RejectFrame {
  const [, instance, lane, events] = value as Fields
  const isRejection = (event: unknown): boolean =>
    Array.isArray(event) && isCount(event[0]) && isText(event[1]) && isText(event[2])
  return isId(instance) && isLane(lane) && Array.isArray(events) && events.every(isRejection)
}

function isSlow(value: unknown): value is SlowFrame {
  const [, instance, lane, from, waitMs, code] = value as Fields
  return isId(instance) && isLane(lane) && isCount(from) && isCount(waitMs) && isText(code)
}

function isCommand(value: unknown): value is CommandFrame {
  const [, commandId, name] = value as Fields
  return isId(commandId) && isText(name)
}

function isGoodbye(value: unknown): value is GoodbyeFrame {
  const [, code, sentence, retryAfterMs, nowMs] = value as Fields
  return isText(code) && isText(sentence) && (retryAfterMs === null || isCount(retryAfterMs)) && isCount(nowMs)
}
