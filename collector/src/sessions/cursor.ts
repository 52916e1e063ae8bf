/** Where a list of sessions goes on. */
export interface SessionCursor {
  readonly startedAtMs: number
  readonly sessionId: string
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function formatCursor({ startedAtMs, sessionId }: SessionCursor): string {
  return Buffer.from(`${startedAtMs}.${sessionId}`).toString('base64url')
}

/** @returns undefined for a text that `formatCursor` never makes */
export function parseCursor(text: string): SessionCursor | undefined {
  const [, startedAtMs, sessionId] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? []
  return startedAtMs === undefined || sessionId === undefined
    ? undefined
    : { startedAtMs: Number(startedAtMs), sessionId }
}
