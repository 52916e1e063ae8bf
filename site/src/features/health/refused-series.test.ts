import { describe, expect, it } from 'vitest'
import { type IngestHistory, toAcceptedData, toRefusedData } from './refused-series.ts'

function historyOf(refused: ReadonlyArray<readonly [string, number]>): IngestHistory {
  return {
    fromMs: 0,
    toMs: 180_000,
    stepMs: 60_000,
    atMs: [0, 60_000, 120_000],
    accepted: [5, 6, 7],
    duplicates: [0, 0, 0],
    unknownTypes: [0, 0, 0],
    optedOut: [0, 0, 0],
    refused: refused.map(([code, total]) => ({ code, message: code, total, events: [total, 0, 1] })),
    senders: [],
  }
}

describe('toAcceptedData', () => {
  it('ends now and dashes the step that is still growing', () => {
    expect(toAcceptedData(historyOf([]), 90_000)).toMatchObject({
      timesMs: [0, 60_000],
      series: [{ values: [5, 6] }],
      incompleteFromMs: 60_000,
    })
  })
})

describe('toRefusedData', () => {
  it('has a line for each reason that occurred', () => {
    const data = toRefusedData(
      historyOf([
        ['EVENT_TOO_OLD', 3],
        ['KEY_REVOKED', 0],
      ]),
      180_000,
    )
    expect(data?.series).toEqual([{ label: 'EVENT_TOO_OLD', look: 'line', values: [3, 0, 1] }])
    expect(toRefusedData(historyOf([]), 180_000)).toBeUndefined()
  })

  it('puts the rest into one line where there are more reasons than colours', () => {
    const many = Array.from({ length: 10 }, (_, index) => [`CODE_${index}`, 10 - index] as const)
    const series = toRefusedData(historyOf(many), 180_000)?.series ?? []
    expect(series).toHaveLength(8)
    expect(series.at(-1)).toMatchObject({ label: 'other reasons', values: [3 + 2 + 1, 0, 3] })
  })
})
