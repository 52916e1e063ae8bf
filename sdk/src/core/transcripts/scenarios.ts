import { FRAME, type Id, LANE, type Lane, LIMITS, parseUuid, type WelcomeFrame } from '../../protocol/index.ts'
import type { Identity } from '../link.ts'
import type { Input, JoinDetails } from '../messages.ts'

/** When the story begins, in Unix milliseconds. */
export const T0 = 1_763_680_000_000

function id(last: number): Id {
  return parseUuid(`019aa111-2222-7333-8444-${last.toString(16).padStart(12, '0')}`) ?? new Uint8Array(16)
}

export const instance = id(1)
export const network = id(0xffff)

export const identity: Identity = {
  instance,
  startedAtMs: T0,
  server: { name: 'proxy-1', kind: 'proxy' },
  software: { name: 'Velocity', version: '3.4.0' },
  sdk: { name: 'test', version: '1' },
}

export function join(number: number): JoinDetails {
  return {
    sessionId: id(0x1000 + number),
    player: id(0x2000 + number),
    name: `Player${number}`,
    hostname: 'Play.Example.net.',
    address: '203.0.113.7',
    platform: 'java',
    device: '',
    protocolVersion: 774,
    clientVersion: '',
    backend: '',
  }
}

export const start: Input = { kind: 'start', nowMs: T0, clockOffsetMs: 0, leftovers: [], leftoversNetwork: null }

/** What the collector says when it knows nothing of the instance. */
export function welcome(
  options: {
    readonly nowMs?: number
    readonly resumed?: boolean
    readonly sessions?: readonly [number, number]
    readonly telemetry?: readonly [number, number]
    readonly networkId?: Id
  } = {},
): WelcomeFrame {
  const { nowMs = T0 + 30, resumed = false, sessions = [0, 0], telemetry = [0, 0], networkId = network } = options
  const limits = [LIMITS.frameBytesMax, LIMITS.batchEventsMax, LIMITS.inFlightBytesMax] as const
  return [
    FRAME.welcome,
    1,
    nowMs,
    resumed,
    ['collector', '1'],
    10_000,
    30_000,
    limits,
    [sessions, telemetry],
    [networkId, 'Net'],
  ]
}

export function frame(nowMs: number, value: unknown): Input {
  return { kind: 'frame', nowMs, frame: value }
}

export function ack(nowMs: number, lane: Lane, through: number): Input {
  return frame(nowMs, [FRAME.ack, instance, lane, through])
}

export function closed(nowMs: number, code: string | null = null): Input {
  return { kind: 'closed', nowMs, random: 0.5, code, retryAfterMs: null }
}

export function sent(nowMs: number, stream: number, through: number, bytes = 100): Input {
  return { kind: 'sent', nowMs, stream, through, bytes }
}

/** Start, connect, welcome. */
export const connected: readonly Input[] = [start, { kind: 'opened', nowMs: T0 + 20 }, frame(T0 + 40, welcome())]

export interface Scenario {
  readonly name: string
  readonly about: string
  readonly inputs: readonly Input[]
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'first-connection',
    about: 'A player joins before the link is up, switches, is away, leaves; each event is sent and acknowledged.',
    inputs: [
      start,
      { kind: 'join', nowMs: T0 + 5, ref: 1, details: join(1) },
      { kind: 'opened', nowMs: T0 + 20 },
      frame(T0 + 40, welcome()),
      sent(T0 + 40, 0, 1),
      { kind: 'switch', nowMs: T0 + 1_000, ref: 1, backend: 'survival' },
      sent(T0 + 1_000, 0, 2),
      ack(T0 + 1_100, LANE.sessions, 2),
      { kind: 'away', nowMs: T0 + 2_000, ref: 1, away: true, eventId: id(0x3001) },
      { kind: 'away', nowMs: T0 + 9_000, ref: 1, away: false, eventId: id(0x3002) },
      { kind: 'tick', nowMs: T0 + 10_000 },
      sent(T0 + 10_000, 1, 1),
      { kind: 'leave', nowMs: T0 + 12_000, ref: 1, reason: 'quit', eventId: id(0x3003) },
      sent(T0 + 12_000, 0, 3),
      ack(T0 + 12_100, LANE.sessions, 3),
      ack(T0 + 12_200, LANE.telemetry, 1),
    ],
  },
  {
    name: 'resume',
    about: 'The link breaks and comes back within the window: the collector has taken more than it acknowledged.',
    inputs: [
      ...connected,
      { kind: 'join', nowMs: T0 + 1_000, ref: 1, details: join(1) },
      sent(T0 + 1_000, 0, 1),
      { kind: 'join', nowMs: T0 + 2_000, ref: 2, details: join(2) },
      sent(T0 + 2_000, 0, 2),
      closed(T0 + 3_000),
      { kind: 'leave', nowMs: T0 + 3_100, ref: 1, reason: 'timeout', eventId: id(0x3001) },
      { kind: 'tick', nowMs: T0 + 3_300 },
      { kind: 'opened', nowMs: T0 + 3_400 },
      frame(T0 + 3_450, welcome({ nowMs: T0 + 3_430, resumed: true, sessions: [2, 1] })),
      sent(T0 + 3_450, 0, 3),
      ack(T0 + 3_500, LANE.sessions, 3),
    ],
  },
  {
    name: 'collector-restart',
    about: 'Another collector process knows nothing: what was not acknowledged is sent again after the snapshot.',
    inputs: [
      ...connected,
      { kind: 'join', nowMs: T0 + 1_000, ref: 1, details: join(1) },
      sent(T0 + 1_000, 0, 1),
      ack(T0 + 1_100, LANE.sessions, 1),
      { kind: 'join', nowMs: T0 + 2_000, ref: 2, details: join(2) },
      sent(T0 + 2_000, 0, 2),
      frame(T0 + 2_500, [FRAME.goodbye, 'SHUTTING_DOWN', 'The collector is stopping.', null, T0 + 2_500]),
      closed(T0 + 2_510),
      { kind: 'tick', nowMs: T0 + 2_800 },
      { kind: 'opened', nowMs: T0 + 2_900 },
      frame(T0 + 2_950, welcome({ nowMs: T0 + 2_930, sessions: [1, 1] })),
      sent(T0 + 2_950, 0, 2),
    ],
  },
  {
    name: 'slow',
    about: 'The collector did not take telemetry from number 1 on: it waits and is sent again; joins go on meanwhile.',
    inputs: [
      ...connected,
      { kind: 'track', nowMs: T0 + 100, eventId: id(0x3001), ref: null, name: 'a', properties: {}, atMs: null },
      { kind: 'tick', nowMs: T0 + 1_100 },
      sent(T0 + 1_100, 1, 1),
      frame(T0 + 1_150, [FRAME.slow, instance, LANE.telemetry, 1, 2_000, 'BUFFER_FULL']),
      { kind: 'track', nowMs: T0 + 1_200, eventId: id(0x3002), ref: null, name: 'b', properties: { n: 1 }, atMs: T0 },
      { kind: 'join', nowMs: T0 + 1_300, ref: 1, details: join(1) },
      sent(T0 + 1_300, 0, 1),
      { kind: 'tick', nowMs: T0 + 3_000 },
      { kind: 'tick', nowMs: T0 + 3_150 },
      sent(T0 + 3_150, 1, 2),
    ],
  },
  {
    name: 'clock-off',
    about: 'The host is two hours behind: the collector refuses the first hello, the next one is corrected.',
    inputs: [
      start,
      { kind: 'opened', nowMs: T0 + 20 },
      frame(T0 + 40, [FRAME.goodbye, 'CLOCK_OFF', 'The clock is off.', null, T0 + 7_200_030]),
      closed(T0 + 50),
      { kind: 'tick', nowMs: T0 + 60 },
      { kind: 'opened', nowMs: T0 + 80 },
      frame(T0 + 100, welcome({ nowMs: T0 + 7_200_090 })),
      { kind: 'join', nowMs: T0 + 200, ref: 1, details: join(1) },
    ],
  },
  {
    name: 'leftovers',
    about: 'An earlier instance left events of both lanes: they are sent after the own sessions, as its own.',
    inputs: [
      {
        ...start,
        leftovers: [
          { instance: id(9), lane: LANE.telemetry, first: 5, last: 6 },
          { instance: id(9), lane: LANE.sessions, first: 3, last: 3 },
        ],
        leftoversNetwork: network,
      },
      { kind: 'join', nowMs: T0 + 5, ref: 1, details: join(1) },
      { kind: 'opened', nowMs: T0 + 20 },
      frame(T0 + 40, welcome()),
      sent(T0 + 40, 0, 1),
      sent(T0 + 40, 3, 3),
      { kind: 'tick', nowMs: T0 + 1_100 },
      sent(T0 + 1_100, 2, 6),
      frame(T0 + 1_200, [FRAME.ack, id(9), LANE.sessions, 3]),
      frame(T0 + 1_200, [FRAME.ack, id(9), LANE.telemetry, 6]),
      ack(T0 + 1_200, LANE.sessions, 1),
    ],
  },
  {
    name: 'leftovers-of-another-network',
    about: 'The key now belongs to another network than what waits: that is given up, not mixed.',
    inputs: [
      { ...start, leftovers: [{ instance: id(9), lane: LANE.sessions, first: 3, last: 7 }], leftoversNetwork: id(8) },
      { kind: 'opened', nowMs: T0 + 20 },
      frame(T0 + 40, welcome()),
    ],
  },
  {
    name: 'refused',
    about: 'The key was revoked: the client stays away for minutes.',
    inputs: [
      start,
      closed(T0 + 20, 'KEY_REVOKED'),
      { kind: 'tick', nowMs: T0 + 60_000 },
      { kind: 'tick', nowMs: T0 + 300_020 },
    ],
  },
  {
    name: 'silent-collector',
    about: 'Heartbeats stop: the link is given up after two and a half of them.',
    inputs: [
      ...connected,
      { kind: 'heard', nowMs: T0 + 10_000 },
      { kind: 'tick', nowMs: T0 + 34_999 },
      { kind: 'tick', nowMs: T0 + 35_000 },
      closed(T0 + 35_000),
    ],
  },
  {
    name: 'close',
    about: 'The server stops: open sessions end, everything is stored, then the client leaves.',
    inputs: [
      ...connected,
      { kind: 'join', nowMs: T0 + 100, ref: 1, details: join(1) },
      sent(T0 + 100, 0, 1),
      { kind: 'track', nowMs: T0 + 200, eventId: id(0x3001), ref: 1, name: 'a', properties: {}, atMs: null },
      { kind: 'close', nowMs: T0 + 300, eventIds: [id(0x3002)] },
      sent(T0 + 300, 0, 2),
      sent(T0 + 300, 1, 1),
      ack(T0 + 400, LANE.telemetry, 1),
      ack(T0 + 400, LANE.sessions, 2),
      { kind: 'stop', nowMs: T0 + 410 },
    ],
  },
  {
    name: 'missed-leave',
    about: 'A player joins again without having left: the earlier session ends, so that one player is one session.',
    inputs: [
      ...connected,
      { kind: 'join', nowMs: T0 + 100, ref: 1, details: join(1) },
      sent(T0 + 100, 0, 1),
      { kind: 'join', nowMs: T0 + 5_000, ref: 2, details: { ...join(1), sessionId: id(0x1fff) } },
      sent(T0 + 5_000, 0, 3),
      { kind: 'leave', nowMs: T0 + 6_000, ref: 1, reason: 'quit', eventId: id(0x3001) },
    ],
  },
  {
    name: 'history',
    about: 'A session that is over already becomes a switch and an end, which say everything.',
    inputs: [
      ...connected,
      {
        kind: 'finished',
        nowMs: T0 + 100,
        session: {
          ...join(1),
          backend: 'lobby',
          startedAtMs: T0 - 86_400_000,
          endedAtMs: T0 - 86_000_000,
          reason: 'quit',
          afkMs: 1_000,
          switches: [{ backend: 'survival', atMs: T0 - 86_390_000 }],
        },
      },
      sent(T0 + 100, 0, 2),
    ],
  },
  {
    name: 'spool-full',
    about: 'The spool gave up its oldest telemetry: the numbers go on behind it.',
    inputs: [
      start,
      { kind: 'track', nowMs: T0 + 1, eventId: id(0x3001), ref: null, name: 'a', properties: {}, atMs: null },
      { kind: 'track', nowMs: T0 + 2, eventId: id(0x3002), ref: null, name: 'b', properties: {}, atMs: null },
      { kind: 'dropped', nowMs: T0 + 2, stream: 1, through: 1, events: 1 },
      { kind: 'opened', nowMs: T0 + 20 },
      frame(T0 + 40, welcome()),
      { kind: 'tick', nowMs: T0 + 1_100 },
      sent(T0 + 1_100, 1, 2),
      {
        kind: 'gauges',
        nowMs: T0 + 1_200,
        gauges: {
          players: 0,
          tps: 20,
          msptMean: null,
          msptP95: null,
          memoryUsedBytes: null,
          memoryMaxBytes: null,
          pingMeanMs: null,
          spoolBytes: 10,
          spoolEvents: 1,
        },
      },
    ],
  },
]
