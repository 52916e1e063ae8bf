/** Where a list goes on that shows the newest first: below this one. */
export interface Cursor {
  /** Unix milliseconds. */
  readonly atMs: number
  /** A UUID; tells those of one millisecond apart. */
  readonly id: string
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function formatCursor({ atMs, id }: Cursor): string {
  return Buffer.from(`${atMs}.${id}`).toString('base64url')
}

/** @returns undefined for a text that `formatCursor` never makes */
export function parseCursor(text: string): Cursor | undefined {
  const [, atMs, id] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? []
  return atMs === undefined || id === undefined ? undefined : { atMs: Number(atMs), id }
}
