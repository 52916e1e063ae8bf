import { describe, expect, it } from 'vitest'
import { countAttention, SILENT_MS_MAX } from './attention.ts'

const NOW_MS = 1_800_000_000_000
const server = (state: 'connected' | 'left' | 'silent', agoMs: number) => ({
  server: 'proxy-1',
  state,
  lastSeenAtMs: NOW_MS - agoMs,
  clockOffsetMs: 0,
  spoolEvents: null,
  spoolBytes: null,
  droppedEvents: null,
})

describe('countAttention', () => {
  it('counts servers that fell silent, not those that left or were taken away long ago', () => {
    const servers = [
      server('silent', 1_000),
      server('silent', SILENT_MS_MAX),
      server('left', 1_000),
      server('connected', 0),
    ]
    expect(countAttention({ servers, deadLetters: 3, atMs: NOW_MS })).toEqual({ servers: 1, health: 3 })
  })

  it('counts nothing that is not known', () => {
    expect(countAttention({ servers: [], deadLetters: null, atMs: NOW_MS })).toEqual({ servers: 0, health: 0 })
  })
})
