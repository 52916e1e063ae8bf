import { randomBytes } from 'node:crypto'
import type { Permission } from '../access/index.ts'

/** A program that asks for a token, which somebody approves in a browser (RFC 8628). */
export interface DeviceRequest {
  /** Eight letters. */
  readonly userCode: string
  /** What the program calls itself. Nobody has checked it. */
  readonly name: string
  readonly permissions: readonly Permission[]
  readonly createdAtMs: number
  readonly expiresAtMs: number
  /** The network that it asked from, such as `203.0.113.0/24`; never the whole address. */
  readonly address: string | null
  /** ISO 3166-1 alpha-2; empty when it is not known. */
  readonly country: string
}

/** What somebody who approves gives the program. */
export interface Approval {
  /** Some of those that were asked for; undefined for all of them. */
  readonly permissions: readonly Permission[] | undefined
  readonly networkId: string | null
  readonly days: number
}

/** Long enough to find a browser, short enough that a code is not worth guessing. */
export const DEVICE_LIFE_MS = 600_000
/** RFC 8628, section 3.5. */
export const POLL_INTERVAL_MS = 5_000
/** By how much it grows each time that a program asks too early; the same section. */
const POLL_SLOWER_MS = 5_000
const POLL_INTERVAL_MS_MAX = 60_000
/** A question may overtake the clock by this: the one before it took longer on its way. */
const POLL_EARLY_MS = 1_000

const DEVICE_CODE_BYTES = 32

/** What the program shows to prove that it is the one that asked: 256 bits. */
export function createDeviceCode(): string {
  return randomBytes(DEVICE_CODE_BYTES).toString('base64url')
}

/** When a program may ask again, and how long it has to wait from now on. */
export interface Pace {
  readonly intervalMs: number
  readonly nextPollAtMs: number
}

/** The pace after a question, and whether the question came too early. */
export function paceAfter({ intervalMs, nextPollAtMs }: Pace, nowMs: number): Pace & { readonly isTooFast: boolean } {
  const isTooFast = nowMs < nextPollAtMs
  const nextMs = isTooFast ? Math.min(POLL_INTERVAL_MS_MAX, intervalMs + POLL_SLOWER_MS) : intervalMs
  return { isTooFast, intervalMs: nextMs, nextPollAtMs: nowMs + nextMs - POLL_EARLY_MS }
}
