import type { Accessor } from 'solid-js'
import type { App } from '../../app/app-context.ts'

/** Goes through a list page by page. Each step is one of the browser's history. */
export interface Pager {
  readonly isFirst: Accessor<boolean>
  readonly hasNext: Accessor<boolean>
  next(): void
  /** To the page before; to the first where it is not known, as with a link to the middle of a list. */
  previous(): void
}

/** @param nextCursor of the page that is shown; undefined while it is not known */
export function createPager(app: App, nextCursor: Accessor<string | null | undefined>): Pager {
  const pageBefore = new Map<string, string | undefined>()
  return {
    isFirst: () => app.state().cursor === undefined,
    hasNext: () => typeof nextCursor() === 'string',
    next() {
      const cursor = nextCursor()
      if (typeof cursor !== 'string') return
      pageBefore.set(cursor, app.state().cursor)
      app.change({ cursor })
    },
    previous() {
      const { cursor } = app.state()
      if (cursor !== undefined) app.change({ cursor: pageBefore.get(cursor) })
    },
  }
}
