import { expect, it } from 'vitest'
import { createLostRows } from './lost-rows.ts'

it('counts lost rows by network and table, and gives each network one span of time', () => {
  let nowMs = 1_000
  const lost = createLostRows(() => nowMs)
  lost.count('gauges', 'a')
  nowMs = 2_000
  lost.count('gauges', 'a')
  lost.count('gaps', 'b')
  nowMs = 3_000
  lost.count('ccu_samples', 'a')
  expect(Array.from(lost.tables())).toEqual(['gauges', 'gaps', 'ccu_samples'])
  expect(lost.take()).toEqual([
    { networkId: 'a', fromMs: 1_000, toMs: 3_000, rows: 3 },
    { networkId: 'b', fromMs: 2_000, toMs: 2_000, rows: 1 },
  ])
  expect(lost.take()).toEqual([])
  nowMs = 9_000
  lost.count('gauges', 'a')
  expect(lost.take()).toEqual([{ networkId: 'a', fromMs: 9_000, toMs: 9_000, rows: 1 }])
  expect(Array.from(lost.of('a'))).toEqual([
    ['gauges', 3],
    ['ccu_samples', 1],
  ])
  expect(lost.of('c').size).toBe(0)
})
