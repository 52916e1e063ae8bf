/**
 * Plays the demo network: a process of its own, so that the collector's event loop has nothing to do with it. Started by
 * simulation.ts; ends itself when its parent is gone.
 */
import { constants, setPriority } from 'node:os'
import { type NetworkRun, SimulatorError, startNetwork } from '@mctrack/sdk/simulator'
import type { DemoProgress } from './demo-state.ts'
import type { FromSimulator, ToSimulator } from './process-messages.ts'

const TELL_EVERY_MS = 250
/** Most players online in a usual week: enough for every screen, and little to load. */
const PLAYERS = 150
const BACKENDS = 6
const SEED = 'demo'

function main(): void {
  const stop = new AbortController()
  let onRebuilt: (minutes: number | null) => void = () => undefined
  let isStarted = false
  process.on('disconnect', () => process.exit(0))
  process.on('message', (message: ToSimulator) => {
    if (message.kind === 'stop') {
      if (!isStarted) process.exit(0)
      stop.abort()
    } else if (message.kind === 'rebuilt') onRebuilt(message.minutes)
    else {
      isStarted = true
      void play(message)
    }
  })

  function rebuildCcu(range: { readonly fromMs: number; readonly toMs: number }): Promise<number | null> {
    tell({ kind: 'rebuild', ...range })
    return new Promise((resolve) => {
      onRebuilt = resolve
      stop.signal.addEventListener('abort', () => resolve(null))
    })
  }

  async function play({ networkId, endpoint, key, historyMs }: Extract<ToSimulator, { kind: 'start' }>): Promise<void> {
    const run = startNetwork(
      { number: 0, name: 'Demo network', networkId, endpoint, key, rebuildCcu },
      {
        network: { seed: SEED, players: PLAYERS, backends: BACKENDS },
        pace: { kind: 'speed', factor: 1 },
        historyMs: historyMs ?? undefined,
        isLive: true,
        durationMs: undefined,
      },
      { now: Date.now, random: Math.random, signal: stop.signal },
    )
    setInterval(() => tellProgress(run), TELL_EVERY_MS).unref()
    // From here on whatever else the machine does comes first.
    setPriority(constants.priority.PRIORITY_LOW)
    try {
      await run.done
      process.exit(0)
    } catch (error) {
      tell(
        {
          kind: 'failed',
          code: error instanceof SimulatorError ? error.code : 'INTERNAL',
          message: error instanceof Error ? error.message : String(error),
        },
        () => process.exit(1),
      )
    }
  }
}

function tellProgress(run: NetworkRun): void {
  const { phase, historyShare, tally } = run.progress()
  const { sessions, eventsSent: events } = tally
  if (phase === 'closing' || phase === 'done') return
  const shown: DemoProgress['phase'] = phase === 'connecting' ? 'starting' : phase
  tell({ kind: 'progress', phase: shown, historyShare, sessions, events })
}

function tell(message: FromSimulator, onSent?: () => void): void {
  // A channel that is gone ends the process anyway.
  process.send?.(message, undefined, undefined, () => onSent?.())
}

main()
