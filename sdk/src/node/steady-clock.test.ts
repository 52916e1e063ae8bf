import { describe, expect, it } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

function setUp() {
  let wallMs = 1_763_680_000_000
  let elapsedMs = 12.5
  return {
    now: createSteadyClock(
      () => wallMs,
      () => elapsedMs,
    ),
    pass(ms: number) {
      wallMs += ms
      elapsedMs += ms
    },
    setWall(ms: number) {
      wallMs += ms
    },
  }
}

describe('the steady clock', () => {
  it.each([-3_600_000, 3_600_000, -86_400_000 * 365])('goes on when the wall clock is set by %i ms', (by) => {
    const { now, pass, setWall } = setUp()
    const startMs = now()
    pass(1_000)
    setWall(by)
    pass(1_000)
    expect(now() - startMs).toBe(2_000)
    pass(60_000)
    expect(now() - startMs).toBe(62_000)
    setWall(-by)
    expect(now() - startMs).toBe(62_000)
  })

  it('follows a clock that is kept right in small steps, however far they lead in all', () => {
    const { now, pass, setWall } = setUp()
    const startMs = now()
    for (let day = 0; day < 30; day++) {
      pass(86_400_000)
      setWall(4_000)
      now()
    }
    expect(now() - startMs).toBe(30 * 86_404_000)
  })

  it('never goes back, and goes on once a small step back is made up for', () => {
    const { now, pass, setWall } = setUp()
    const startMs = now()
    setWall(-2_000)
    expect(now() - startMs).toBe(0)
    pass(1_000)
    expect(now() - startMs).toBe(0)
    pass(1_500)
    expect(now() - startMs).toBe(500)
  })
})
