import type { TailEvent } from './tail-event.ts'

/** A screen gets new numbers at most this often. The first change goes out at once. */
const COUNTS_INTERVAL_MS = 250

/** Tells screens about changes: numbers when they change, events as they come. Costs nothing while nobody watches. */
export interface LiveFeed {
  /** The numbers of a network changed. */
  changed(networkId: string): void
  /**
   * Calls `onCounts` now, and after changes at most four times a second. When it returns false (the screen was not
   * ready) it is called again.
   *
   * @returns ends it
   */
  watchCounts(networkId: string, onCounts: () => boolean): () => void
  /** Whether anybody wants events of the network. */
  hasTail(networkId: string): boolean
  publish(networkId: string, event: TailEvent): void
  tail(networkId: string, onEvent: (event: TailEvent) => void): () => void
}

interface Watcher {
  readonly notify: () => void
}

export function createLiveFeed(): LiveFeed {
  const watchers = new Map<string, Set<Watcher>>()
  const tails = new Map<string, Set<(event: TailEvent) => void>>()

  return {
    changed(networkId) {
      for (const { notify } of watchers.get(networkId) ?? []) notify()
    },

    watchCounts(networkId, onCounts) {
      let timer: NodeJS.Timeout | undefined
      let isStale = false
      const watcher: Watcher = {
        notify() {
          if (timer !== undefined) {
            isStale = true
            return
          }
          // After the turn of the event loop that changed something, so that all of its changes are in.
          timer = setTimeout(rest, COUNTS_INTERVAL_MS)
          queueMicrotask(() => {
            if (!onCounts()) isStale = true
          })
        },
      }
      function rest(): void {
        timer = undefined
        if (!isStale) return
        isStale = false
        watcher.notify()
      }
      add(watchers, networkId, watcher)
      watcher.notify()
      return () => {
        clearTimeout(timer)
        remove(watchers, networkId, watcher)
      }
    },

    hasTail: (networkId) => tails.has(networkId),
    publish(networkId, event) {
      for (const onEvent of tails.get(networkId) ?? []) onEvent(event)
    },
    tail(networkId, onEvent) {
      add(tails, networkId, onEvent)
      return () => remove(tails, networkId, onEvent)
    },
  }
}

function add<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([item]))
  else set.add(item)
}

function remove<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  const set = sets.get(key)
  set?.delete(item)
  if (set?.size === 0) sets.delete(key)
}
