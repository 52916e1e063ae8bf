import { ERROR_CODES, type ErrorCode } from '@mctrack/sdk/protocol'
import type { DeadLetter } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/** As many as the collector gives at once. */
const PAGE_LETTERS_MAX = 500
/** Each waits until it is stored, so several are under way at once. */
const SETTLING_MAX = 64

/** What became of a set of dead letters. */
export interface Settlement {
  readonly settled: readonly string[]
  readonly failed: ReadonlyArray<{ readonly id: string; readonly code: ErrorCode; readonly message: string }>
}

export interface SettleDeps {
  /** Kept letters received before the instant, the newest first. */
  readonly loadPage: (page: { readonly beforeMs: number; readonly limit: number }) => Promise<readonly DeadLetter[]>
  /** Replays or discards one. */
  readonly settle: (id: string) => Promise<void>
  readonly onProgress: (done: number) => void
}

/**
 * Settles the letters named, each once. One that is refused stays kept, and the others go on.
 *
 * @throws CliError when the collector cannot be asked any more
 */
export async function settleNamed(ids: readonly string[], deps: SettleDeps): Promise<Settlement> {
  const settled = new Set<string>()
  const failed = new Map<string, Settlement['failed'][number]>()
  const wanted = new Set(ids)
  const waiting = wanted.values()
  let isOver = false

  async function settleNext(): Promise<void> {
    for (const id of waiting) {
      if (isOver) return
      try {
        await deps.settle(id)
        settled.add(id)
      } catch (error) {
        if (!(error instanceof CliError) || !isAboutTheLetter(error)) {
          isOver = true
          throw error
        }
        failed.set(id, { id, code: error.code, message: error.message })
      }
      deps.onProgress(settled.size + failed.size)
    }
  }

  await Promise.all(Array.from({ length: Math.min(SETTLING_MAX, wanted.size) }, settleNext))
  return {
    settled: Array.from(wanted).filter((id) => settled.has(id)),
    failed: Array.from(wanted).flatMap((id) => failed.get(id) ?? []),
  }
}

/** Settles all kept letters that were received before `beforeMs`, from the newest to the oldest, each once. */
export async function settleAll(beforeMs: number, deps: SettleDeps): Promise<Settlement> {
  const settled: string[] = []
  const failed: Array<Settlement['failed'][number]> = []
  let nextBeforeMs = beforeMs
  let last = new Set<string>()
  for (;;) {
    const page = await deps.loadPage({ beforeMs: nextBeforeMs, limit: PAGE_LETTERS_MAX })
    const oldest = page.at(-1)
    if (oldest === undefined) return { settled, failed }
    // Letters of the last millisecond may not all have fitted, so it is asked for once more, and then passed.
    const ids = page.map(({ id }) => id).filter((id) => !last.has(id))
    nextBeforeMs = ids.length === 0 ? oldest.receivedAtMs : oldest.receivedAtMs + 1
    last = new Set(page.map(({ id }) => id))
    const before = settled.length + failed.length
    const part = await settleNamed(ids, { ...deps, onProgress: (done) => deps.onProgress(before + done) })
    settled.push(...part.settled)
    failed.push(...part.failed)
    if (page.length < PAGE_LETTERS_MAX) return { settled, failed }
  }
}

/** Whether another letter may fare better: this one was refused, and not we. */
function isAboutTheLetter({ code }: CliError): boolean {
  const { retry, status } = ERROR_CODES[code]
  return retry === 'never' && status !== 401 && code !== 'FORBIDDEN'
}
