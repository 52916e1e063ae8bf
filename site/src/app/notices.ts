import { type Accessor, createSignal } from 'solid-js'
import type { NoticeTone } from '../components/notice.tsx'

/** A short message about what the person just did. */
export interface AppNotice {
  readonly id: number
  readonly tone: NoticeTone
  readonly title: string
  readonly sentence?: string
}

/** Messages at the edge of the screen. */
export interface Notices {
  readonly list: Accessor<readonly AppNotice[]>
  show(notice: Omit<AppNotice, 'id'>): void
  dismiss(id: number): void
}

/** More would hide the page. */
const NOTICES_MAX = 4
/** Long enough to be read; what went wrong stays until it is dismissed. */
const SHOWN_MS = 6_000

/** Keeps the last few messages. */
export function createNotices(): Notices {
  const [list, setList] = createSignal<readonly AppNotice[]>([])
  let lastId = 0
  function dismiss(id: number): void {
    setList((before) => before.filter((notice) => notice.id !== id))
  }
  return {
    list,
    dismiss,
    show(notice) {
      lastId += 1
      const id = lastId
      setList((before) => [...before, { ...notice, id }].slice(-NOTICES_MAX))
      if (notice.tone !== 'error') setTimeout(() => dismiss(id), SHOWN_MS)
    },
  }
}
