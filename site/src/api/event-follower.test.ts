import { describe, expect, it } from 'vitest'
import { createEventFollower, type EventSourceLike, type FollowState, HIDDEN_GRACE_MS } from './event-follower.ts'

class FakeSource implements EventSourceLike {
  isClosed = false
  readonly #listeners = new Map<string, Array<(event: { data?: unknown }) => void>>()
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }
  close(): void {
    this.isClosed = true
  }
  emit(type: string, data?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data })
  }
}

function setUp() {
  const sources: FakeSource[] = []
  const states: FollowState[] = []
  const received: unknown[] = []
  let timers: Array<{ atMs: number; run: () => void }> = []
  let nowMs = 0
  let failures = 0
  let setVisible: (isVisible: boolean) => void = () => {}
  const follower = createEventFollower(
    {
      open() {
        const source = new FakeSource()
        sources.push(source)
        return source
      },
      now: () => nowMs,
      random: () => 1,
      after(delayMs, run) {
        const timer = { atMs: nowMs + delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
      onVisibility(listener) {
        setVisible = listener
        return () => {
          setVisible = () => {}
        }
      },
    },
    {
      url: '/stream',
      events: { counts: (data) => received.push(data) },
      onState: (state) => states.push(state),
      onFailure: () => {
        failures += 1
      },
    },
  )
  function pass(lengthMs: number): void {
    const endMs = nowMs + lengthMs
    for (;;) {
      const next = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (next === undefined) break
      timers = timers.filter((timer) => timer !== next)
      nowMs = next.atMs
      next.run()
    }
    nowMs = endMs
  }
  return {
    follower,
    sources,
    received,
    pass,
    timers: () => timers,
    failures: () => failures,
    state: () => states.at(-1),
    last: () => sources.at(-1),
    show: (isVisible: boolean) => setVisible(isVisible),
  }
}

describe('following events', () => {
  it('hands on what comes, and knows when it last came', () => {
    const { last, received, state, pass } = setUp()
    last()?.emit('open')
    pass(500)
    last()?.emit('counts', '{"total":3}')

    expect(received).toEqual([{ total: 3 }])
    expect(state()).toMatchObject({ kind: 'open', lastMessageMs: 500, failures: 0 })
  })

  it('passes over what is no JSON', () => {
    const { last, received } = setUp()
    last()?.emit('counts', '{"tot')
    last()?.emit('counts', undefined)

    expect(received).toEqual([])
  })

  it('tries again later and later, up to half a minute, and says when', () => {
    const { last, state, pass, failures } = setUp()
    const waits: number[] = []
    for (let index = 0; index < 7; index += 1) {
      last()?.emit('error')
      const startMs = state()?.retryAtMs ?? 0
      waits.push(startMs)
      pass(40_000)
    }

    expect(waits.map((atMs, index) => atMs - index * 40_000)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
    expect(failures()).toBe(7)
  })

  it('begins anew after it was open, and keeps the age of the last message', () => {
    const { last, state, pass, sources } = setUp()
    last()?.emit('error')
    pass(1_000)
    last()?.emit('open')
    last()?.emit('error')

    expect(state()).toMatchObject({ kind: 'waiting', retryAtMs: 2_000, lastMessageMs: 1_000 })
    expect(sources[0]?.isClosed).toBe(true)
  })

  it('ignores what a source says after it was let go', () => {
    const { sources, last, received, pass, state } = setUp()
    last()?.emit('error')
    pass(1_000)
    sources[0]?.emit('counts', '{}')
    sources[0]?.emit('error')

    expect(received).toEqual([])
    expect(state()?.kind).toBe('connecting')
  })

  it('lets go when nobody looks for a while, and comes back at once', () => {
    const { last, show, pass, state, sources } = setUp()
    last()?.emit('open')
    show(false)
    pass(HIDDEN_GRACE_MS - 1)
    expect(sources[0]?.isClosed).toBe(false)
    pass(1)
    expect(state()?.kind).toBe('paused')
    expect(sources[0]?.isClosed).toBe(true)
    show(true)
    expect(sources).toHaveLength(2)
  })

  it('stays open through a short look elsewhere', () => {
    const { last, show, pass, sources } = setUp()
    last()?.emit('open')
    show(false)
    pass(HIDDEN_GRACE_MS / 2)
    show(true)
    pass(HIDDEN_GRACE_MS * 2)

    expect(sources).toHaveLength(1)
    expect(sources[0]?.isClosed).toBe(false)
  })

  it('tries at once when somebody looks again or asks for it', () => {
    const { last, show, follower, sources } = setUp()
    last()?.emit('error')
    show(true)
    expect(sources).toHaveLength(2)
    last()?.emit('error')
    follower.retryNow()
    expect(sources).toHaveLength(3)
  })

  it('leaves nothing behind when it is closed', () => {
    const { last, follower, timers, show, sources, state } = setUp()
    last()?.emit('error')
    follower.close()
    show(true)

    expect(timers()).toEqual([])
    expect(sources).toHaveLength(1)
    expect(state()?.kind).toBe('closed')
  })
})
