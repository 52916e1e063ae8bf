import type { Author } from '../access/index.ts'
import type { Networks } from '../networks/index.ts'
import type { DemoRunner } from './demo-runner.ts'
import { type DemoState, NO_DEMO } from './demo-state.ts'
import type { DemoStore } from './demo-store.ts'

/** How long the removal may take before it is finished as any other network's, by the worker. */
const REMOVAL_MS = 60_000
const DEMO_NAME = 'Demo network'

/** A network that shows what this is about: believable, marked, and removed at once. One at a time. */
export interface DemoNetwork {
  state(): Promise<DemoState>
  /**
   * Creates it; the history comes by and by.
   *
   * @throws MctrackError CONFLICT when there is one
   */
  load(
    options: { readonly days: number; readonly timeZone: string; readonly currency: string },
    author: Author,
  ): Promise<DemoState>
  /** Removes it with all that is stored of it, and resolves when it is gone. Without effect when there is none. */
  remove(author: Author): Promise<DemoState>
}

export interface DemoNetworkDeps {
  readonly networks: Pick<Networks, 'list' | 'create' | 'changeBy' | 'removeDemo'>
  readonly store: DemoStore
  readonly runner: Pick<DemoRunner, 'end'>
  readonly removeRows: (networkId: string) => Promise<void>
  readonly now: () => number
}

export function createDemoNetwork({ networks, store, runner, removeRows, now }: DemoNetworkDeps): DemoNetwork {
  const find = () => networks.list().find(({ isDemo }) => isDemo)

  async function state(): Promise<DemoState> {
    const network = find()
    const stored = network === undefined ? undefined : await store.load(network.id)
    if (network === undefined || stored === undefined) return NO_DEMO
    const { networkId, phase, historyShare, sessions, events, failure } = stored
    const shown = { networkId, phase, historyShare, sessions, events, failure }
    if (network.archivedAtMs === null) return shown
    const why = network.deleteAtMs === null ? 'It is archived: restore or remove it.' : 'It is being removed.'
    return { ...shown, phase: 'failed', failure: why }
  }

  return {
    state,

    async load({ days, timeZone, currency }, author) {
      await networks.create({ name: DEMO_NAME, timeZone, currency, isDemo: true }, author, (transaction, networkId) =>
        store.add(transaction, networkId, days),
      )
      return state()
    },

    async remove(author) {
      const network = find()
      if (network === undefined) return NO_DEMO
      // From here on it takes no data, and the worker finishes what is cut short.
      const atMs = now()
      await networks.changeBy(
        network.id,
        (before) => ({
          ...before,
          archivedAtMs: before.archivedAtMs ?? atMs,
          deleteAtMs: Math.min(before.deleteAtMs ?? Number.POSITIVE_INFINITY, atMs + REMOVAL_MS),
        }),
        author,
      )
      await runner.end()
      await removeRows(network.id)
      await networks.removeDemo(network.id, author)
      return state()
    },
  }
}
