import { ERROR_CODES } from '@mctrack/sdk/protocol'
import { follow } from '../api/follow.ts'
import type { LiveCounts, Network } from '../api/types.ts'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { createClock } from '../format/clock.ts'
import { createStopper, INTERRUPTED_EXIT, type Stopper } from '../stopper.ts'
import { openScreen, type Screen } from '../terminal/screen.ts'
import { layoutLive } from './live-view.ts'
import { loadLastHour } from './load-last-hour.ts'

const TICK_MS = 1_000
const HOUR_REFRESH_MS = 60_000

/** What is known at a moment; the screen is drawn from it. */
interface State {
  counts: LiveCounts | undefined
  lastHour: ReadonlyArray<number | null> | undefined
  lost: { readonly retryAtMs: number } | undefined
  /** What is added to this machine's clock to match the collector's. */
  clockOffsetMs: number
}

export interface WatchOptions {
  /** What else must be known of these numbers. */
  readonly notice?: string
  /** Ends the screen like `q` does. */
  readonly signal?: AbortSignal
}

/** Shows the players online on a screen of its own until `q` or Ctrl-C, across lost connections. */
export async function watchLive(
  cli: Cli,
  session: Session,
  network: Network,
  { notice, signal }: WatchOptions = {},
): Promise<void> {
  const { now } = cli.system
  const state: State = { counts: undefined, lastHour: undefined, lost: undefined, clockOffsetMs: 0 }
  const stopper = createStopper()
  let screen: Screen | undefined
  let failure: unknown
  const draw = (): void => drawState(screen, state, { session, network, notice, nowMs: now() })
  const onAbort = (): void => stopper.stop(0)
  const tick = setInterval(draw, TICK_MS)
  const refresh = setInterval(() => refreshHour(), HOUR_REFRESH_MS)

  function refreshHour(): void {
    if (state.counts === undefined || state.lost !== undefined) return
    loadLastHour(session, network, now() + state.clockOffsetMs).then(
      (lastHour) => {
        state.lastHour = lastHour
        draw()
      },
      (error: unknown) => {
        // The stream tells of whatever ends the screen; the last hour alone is not worth that.
        if (error instanceof CliError) return
        failure = error
        stopper.stop(ERROR_CODES.INTERNAL.exit)
      },
    )
  }

  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted === true) onAbort()
  try {
    for await (const item of follow(session, network.id, 'live/stream', stopper.signal)) {
      if (item.kind === 'lost') state.lost = { retryAtMs: now() + item.retryInMs }
      else state.lost = undefined
      if (item.kind === 'event' && item.name === 'counts') {
        const isFirst = state.counts === undefined
        state.counts = item.data as LiveCounts
        state.clockOffsetMs = state.counts.atMs - now()
        screen ??= openScreen(cli.system, { onResize: draw, onKey: (key) => handleKey(key, stopper) })
        if (isFirst) refreshHour()
      }
      draw()
    }
  } finally {
    clearInterval(tick)
    clearInterval(refresh)
    screen?.close()
    signal?.removeEventListener('abort', onAbort)
    stopper.close()
  }
  if (failure !== undefined) throw failure
  cli.exitWith(stopper.exitCode())
}

function drawState(
  screen: Screen | undefined,
  { counts, lastHour, lost, clockOffsetMs }: State,
  {
    session,
    network,
    notice,
    nowMs,
  }: {
    readonly session: Session
    readonly network: Network
    readonly notice: string | undefined
    readonly nowMs: number
  },
): void {
  if (screen === undefined || counts === undefined) return
  const { width, height } = screen.size()
  const link =
    lost === undefined
      ? { kind: 'connected' as const, nowMs: nowMs + clockOffsetMs }
      : { kind: 'lost' as const, message: `Connection lost. Trying again ${retryIn(lost.retryAtMs - nowMs)}.` }
  screen.draw(
    layoutLive(
      { networkName: network.name, counts, lastHour, notice, link },
      { width, height, clock: createClock(network.timeZone), palette: session.output.palette },
    ),
  )
}

function retryIn(delayMs: number): string {
  return delayMs < 1_000 ? 'now' : `in ${Math.round(delayMs / 1_000)} s`
}

function handleKey(key: string, stopper: Stopper): void {
  if (key === 'ctrl-c') stopper.stop(INTERRUPTED_EXIT)
  if (key === 'q' || key === 'Q') stopper.stop(0)
}
