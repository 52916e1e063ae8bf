import type { DemoProgress } from './demo-state.ts'

/** What the simulator's process is told. The key comes this way because arguments are for every user to read. */
export type ToSimulator =
  | {
      readonly kind: 'start'
      readonly networkId: string
      readonly endpoint: string
      readonly key: string
      /** Null when only the present is to be played. */
      readonly historyMs: number | null
    }
  | { readonly kind: 'rebuilt'; readonly minutes: number | null }
  | { readonly kind: 'stop' }

/** What it tells. */
export type FromSimulator =
  | ({ readonly kind: 'progress' } & DemoProgress)
  /** Past CCU is to be computed, which is answered by `rebuilt`. */
  | { readonly kind: 'rebuild'; readonly fromMs: number; readonly toMs: number }
  /** It ends. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
