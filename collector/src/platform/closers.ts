import type { Log } from './log.ts'

/** What was opened so far. Whoever opens a thing adds how it is closed; all are closed together, the newest first. */
export interface Closers {
  add(name: string, close: () => void | Promise<void>): void
  /** Closes everything once, however often it is called. One that fails is logged and does not stop the others. */
  close(): Promise<void>
}

export function createClosers(log: Log): Closers {
  const opened: Array<{ readonly name: string; readonly close: () => void | Promise<void> }> = []

  async function closeAll(): Promise<void> {
    for (let next = opened.pop(); next !== undefined; next = opened.pop()) {
      try {
        await next.close()
      } catch (error) {
        log.warn({ err: error }, `${next.name} could not be closed`)
      }
    }
  }

  let closing: Promise<void> | undefined
  return {
    add(name, close) {
      opened.push({ name, close })
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}
