import { decode, FRAME, type Id, LIMITS, PROTOCOL_VERSION, type ServerKind } from '@mctrack/sdk/protocol'
import { z } from 'zod'
import { serverKindOf } from './decode/session-event.ts'

export interface Hello {
  readonly version: number
  readonly instanceId: Id
  readonly startedAtMs: number
  /** The sender's clock after its own correction. */
  readonly nowMs: number
  readonly clockOffsetMs: number
  readonly server: { readonly name: string; readonly kind: ServerKind }
  readonly software: { readonly name: string; readonly version: string }
  readonly sdk: { readonly name: string; readonly version: string }
  readonly acked: readonly [sessions: number, telemetry: number]
}

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const text = (bytesMax: number) =>
  z
    .string()
    .max(bytesMax)
    .refine((value) => Buffer.byteLength(value) <= bytesMax)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    .regex(/^[^\u0000-\u001f\u007f]*$/)
const pair = z.tuple([text(LIMITS.softwareBytesMax), text(LIMITS.softwareBytesMax)], z.unknown())

/** The hello as its array; a newer sender may have added fields. It comes once a connection, so it may cost a little. */
const helloFields = z.tuple(
  [
    z.literal(FRAME.hello),
    count,
    z.instanceof(Uint8Array).refine((id) => id.length === 16),
    count,
    count,
    z.number().int(),
    z.tuple([text(LIMITS.serverNameBytesMax).min(1), count], z.unknown()),
    pair,
    pair,
    z.tuple([count, count], z.unknown()),
  ],
  z.unknown(),
)

/** @returns the hello; the version that it asks for when that is not ours; undefined when it cannot be read */
export function parseHello(message: Uint8Array): Hello | { readonly version: number } | undefined {
  let value: unknown
  try {
    value = decode(message)
  } catch {
    return undefined // Not MessagePack.
  }
  if (
    Array.isArray(value) &&
    value[0] === FRAME.hello &&
    typeof value[1] === 'number' &&
    value[1] !== PROTOCOL_VERSION
  ) {
    return { version: value[1] }
  }
  const result = helloFields.safeParse(value)
  if (!result.success) return undefined
  const [, version, instanceId, startedAtMs, nowMs, clockOffsetMs, server, software, sdk, acked] = result.data
  const kind = serverKindOf(server[1])
  if (kind === undefined) return undefined
  return {
    version,
    instanceId: Uint8Array.from(instanceId),
    startedAtMs,
    nowMs,
    clockOffsetMs,
    server: { name: server[0], kind },
    software: { name: software[0], version: software[1] },
    sdk: { name: sdk[0], version: sdk[1] },
    acked: [acked[0], acked[1]],
  }
}
