import { expect, it } from 'vitest'
import { inventDay } from './invented-day.ts'

it('is the same at every build, with a gap that is no zero and a peak that was there', () => {
  const day = inventDay()

  expect(day).toEqual(inventDay())
  expect(day.today.slice(day.gap[0], day.gap[1] + 1).every((players) => players === null)).toBe(true)
  expect(day.today[day.peak.at]).toBe(day.peak.players)
  expect(day.today.every((players) => players === null || players > 0)).toBe(true)
})
